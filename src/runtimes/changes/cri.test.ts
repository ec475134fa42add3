import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { fakeGrpc, fakeMethod } from '../../../test/support/fake-grpc.ts';
import { RuntimeService } from '../gen/cri_pb.ts';
import { CriChanges } from './cri.ts';

const LIMITS = { deadlineMs: 5000 };
const { method } = RuntimeService;

async function changesOn(t: TestContext, service: 'runtime.v1' | 'runtime.v1alpha2') {
  const asked: string[] = [];
  const note = (what: string) => {
    asked.push(what);
    return {};
  };
  const name = `${service}.RuntimeService`;
  const socket = await fakeGrpc(t, [
    fakeMethod(method.stopContainer, (r) => note(`stop ${r.containerId} ${r.timeout}`), name),
    fakeMethod(
      method.removeContainer,
      () => ({ failed: status.UNKNOWN, details: 'container is already in removing state' }),
      name,
    ),
    fakeMethod(method.stopPodSandbox, (r) => note(`stop pod ${r.podSandboxId}`), name),
    fakeMethod(method.removePodSandbox, () => 'hang', name),
  ]);
  const changes = new CriChanges(socket, service);
  t.after(() => changes.close());
  return { changes, asked };
}

for (const service of ['runtime.v1', 'runtime.v1alpha2'] as const) {
  test(`${service}: containers and sandboxes are stopped at once`, async (t) => {
    const { changes, asked } = await changesOn(t, service);
    assert.equal((await changes.stopContainer('c', LIMITS)).outcome, 'ok');
    assert.equal((await changes.stopPodSandbox('p', LIMITS)).outcome, 'ok');
    assert.deepEqual(asked, ['stop c 0', 'stop pod p']);
  });
}

test('refusals and silence are values', async (t) => {
  const { changes } = await changesOn(t, 'runtime.v1');
  const refused = await changes.removeContainer('c', LIMITS);
  assert.ok(refused.outcome === 'error');
  assert.deepEqual([refused.code, refused.message], ['UNKNOWN', 'container is already in removing state']);
  assert.equal((await changes.removePodSandbox('p', { deadlineMs: 50 })).outcome, 'timeout');
});
