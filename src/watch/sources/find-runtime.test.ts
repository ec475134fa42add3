import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fakeDocker } from '../../../test/support/fake-docker.ts';
import { fakeGrpc, fakeMethod } from '../../../test/support/fake-grpc.ts';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';
import { createLinuxHost } from '../../host/linux-host.ts';
import { shareReads } from '../../probes/shared-reads.ts';
import { RuntimeService } from '../../runtimes/gen/cri_pb.ts';
import { findRuntime } from './find-runtime.ts';

function readsOf(t: TestContext) {
  const host = createLinuxHost();
  t.after(() => host.files.close());
  return shareReads(host, host.now() + 10_000);
}

test('a socket whose name says nothing is asked in both tongues', async (t) => {
  const docker = await fakeDocker(t, (path) => (path.startsWith('/containers/json') ? { json: [] } : null));
  assert.deepEqual(await findRuntime(readsOf(t), docker, null), { ok: true, kind: 'docker', endpoint: docker });
  const { listPodSandbox, listContainers } = RuntimeService.method;
  const cri = await fakeGrpc(t, [
    fakeMethod(listPodSandbox, () => ({ items: [] })),
    fakeMethod(listContainers, () => ({ containers: [] })),
  ]);
  assert.deepEqual(await findRuntime(readsOf(t), cri, null), { ok: true, kind: 'cri', endpoint: cri });
});

test('what the user names wins over what the kubelet uses; that wins over what is found', async (t) => {
  const [named, kubelets] = await Promise.all([
    fakeDocker(t, () => ({ json: [] })),
    fakeDocker(t, () => ({ json: [] })),
  ]);
  const both = await findRuntime(readsOf(t), named, `unix://${kubelets}`);
  assert.ok(both.ok && both.endpoint === named);
  const own = await findRuntime(readsOf(t), null, `unix://${kubelets}`);
  assert.ok(own.ok && own.endpoint === kubelets);
});

test('one that does not answer is watched: that is what there is to see', async (t) => {
  const silent = await fakeDocker(t, () => 'hang');
  assert.ok((await findRuntime(readsOf(t), silent, null)).ok);
});

test('one that is not there is not', async (t) => {
  const gone = join(temporaryDirectory(t), 'docker.sock');
  rmSync(gone, { force: true });
  assert.deepEqual(await findRuntime(readsOf(t), gone, null), { ok: false, why: 'absent', endpoint: gone });
});
