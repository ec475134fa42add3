import assert from 'node:assert/strict';
import { test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { fakeGrpc, fakeMethod } from '../../test/support/fake-grpc.ts';
import { runEngineProbe } from '../../test/support/run-engine-probe.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import { RuntimeService } from '../runtimes/gen/cri_pb.ts';
import { criProbe } from './cri.ts';
import type { Endpoint } from './endpoints.ts';

// The servers here are grpc-js stand-ins: how a real containerd hangs is tested elsewhere.

const { method } = RuntimeService;
const at = (path: string, over: Partial<Endpoint> = {}): Endpoint => ({
  path,
  kinds: ['cri', 'containerd'],
  foundBy: 'well-known',
  listenerPid: null,
  ...over,
});

const metadata = { name: 'web-0', uid: 'u-1', namespace: 'default', attempt: 0 };
const SECOND = 1_000_000_000n;
// 2026-11-24T06:00:00Z, the time of the recorded host
const NOW = 1_795_500_000n * SECOND;

function runtime(over: { statusOf?: (id: string) => 'hang' | null; sandboxes?: 'hang' } = {}) {
  return [
    fakeMethod(method.version, () => ({ runtimeName: 'containerd', runtimeVersion: '1.6.20' })),
    fakeMethod(method.status, () => ({
      status: {
        conditions: [{ type: 'NetworkReady', status: false, reason: 'NetworkPluginNotReady', message: 'cni' }],
      },
      info: {
        config:
          '{"containerdRootDir":"/r","containerd":{"defaultRuntimeName":"runc","runtimes":{"runc":{"options":{"SystemdCgroup":true}}}}}',
      },
    })),
    fakeMethod(
      method.listPodSandbox,
      () => over.sandboxes ?? { items: [{ id: 's1', metadata, state: 0, createdAt: NOW }] },
    ),
    fakeMethod(method.listContainers, () => ({
      containers: ['a', 'b', 'lost'].map((id, attempt) => ({
        id,
        podSandboxId: id === 'lost' ? 's9' : 's1',
        metadata: { name: `${id}-name`, attempt },
        image: { image: 'bb:1' },
        state: 1,
        createdAt: NOW,
      })),
    })),
    fakeMethod(method.podSandboxStatus, ({ podSandboxId }) => ({ status: { id: podSandboxId } })),
    fakeMethod(method.containerStatus, ({ containerId }) => {
      const ended = {
        id: containerId,
        state: 2,
        exitCode: 137,
        reason: 'OOMKilled',
        startedAt: NOW,
        finishedAt: NOW + SECOND,
      };
      return over.statusOf?.(containerId) ?? { status: ended, info: { info: '{"pid":77}' } };
    }),
  ];
}

test('conditions, settings, sandboxes and containers are written down', async (t) => {
  const path = await fakeGrpc(t, runtime());
  const view = new CaseView(await runEngineProbe(criProbe, { endpoints: [at(path)] }));
  const engine = view.all('engine')[0]?.fact;
  assert.deepEqual(
    [engine?.name, engine?.apiVersion, engine?.rootDir, engine?.cgroupDriver],
    ['containerd', 'runtime.v1', '/r', 'systemd'],
  );
  assert.deepEqual(
    view.all('runtime-condition').map((c) => [c.fact.condition, c.fact.status]),
    [['NetworkReady', false]],
  );
  assert.deepEqual(view.all('container-counts')[0]?.fact, {
    type: 'container-counts',
    total: 4,
    byState: { running: 4 },
    pods: 1,
  });
  const a = entityId.container('a');
  assert.equal(view.entity(a)?.name, 'web-0/a-name');
  assert.deepEqual(view.to(a, 'member-of'), [entityId.pod('u-1')]);
  const fact = view.fact(a, 'container');
  assert.deepEqual([fact?.state, fact?.exitCode, fact?.oomKilled, fact?.pid], ['exited', 137, true, null]);
  assert.equal(fact?.finishedAt, Number((NOW + SECOND) / 1_000_000n));
  assert.equal(view.fact(entityId.container('b'), 'container')?.restarts, 1);
  assert.equal(view.fact(entityId.container('s1'), 'container')?.isSandbox, true);
  assert.equal(view.fact(entityId.container('lost'), 'container')?.sandboxGone, true);
  assert.deepEqual(view.all('gap'), []);
});

test('the container whose status hangs is named', async (t) => {
  const path = await fakeGrpc(t, runtime({ statusOf: (id) => (id === 'b' ? 'hang' : null) }));
  const view = new CaseView(await runEngineProbe(criProbe, { endpoints: [at(path)], callTimeoutMs: 500 }));
  const slow = view.all('call').filter((c) => c.fact.outcome !== 'ok');
  assert.deepEqual(
    slow.map((c) => [c.fact.call, c.fact.outcome, c.about[1]]),
    [['status', 'timeout', entityId.container('b')]],
  );
  assert.match((slow[0] && view.source(slow[0])?.command) ?? '', /^crictl -r unix:\S+ inspect b$/);
});

test('where sandboxes are not listed, none is said to be gone', async (t) => {
  const path = await fakeGrpc(t, runtime({ sandboxes: 'hang' }));
  const view = new CaseView(await runEngineProbe(criProbe, { endpoints: [at(path)], callTimeoutMs: 300 }));
  assert.deepEqual(
    view.all('container').map((c) => c.fact.sandboxGone),
    [false, false, false],
  );
  assert.deepEqual(
    view.all('gap').map((g) => g.fact.why),
    ['stuck'],
  );
});

test('a containerd without CRI is no CRI engine; one that the kubelet is told to use is an error', async (t) => {
  const path = await fakeGrpc(t, []);
  const private_ = new CaseView(await runEngineProbe(criProbe, { endpoints: [at(path, { foundBy: 'listening' })] }));
  assert.deepEqual([private_.all('engine').length, private_.all('gap')[0]?.fact.why], [0, 'absent']);
  const relied = new CaseView(await runEngineProbe(criProbe, { endpoints: [at(path, { foundBy: 'kubelet' })] }));
  assert.equal(relied.all('engine').length, 1);
  assert.ok(relied.all('call').every((c) => c.fact.errorCode === 'UNIMPLEMENTED'));
});

test('a runtime that answers with errors only is an engine in trouble', async (t) => {
  const loading = { failed: status.UNKNOWN, details: 'server is not initialized yet' };
  const path = await fakeGrpc(t, [
    fakeMethod(method.version, () => loading),
    fakeMethod(method.listContainers, () => loading),
  ]);
  const view = new CaseView(await runEngineProbe(criProbe, { endpoints: [at(path)] }));
  const version = view.all('call').find((c) => c.fact.call === 'version');
  assert.deepEqual([version?.fact.errorCode, version?.fact.error], ['UNKNOWN', loading.details]);
  assert.deepEqual(
    view.all('gap').map((g) => g.fact.why),
    ['failed'],
  );
});
