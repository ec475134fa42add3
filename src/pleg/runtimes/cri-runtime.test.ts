import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeGrpc, fakeMethod } from '../../../test/support/fake-grpc.ts';
import { CriClient } from '../../runtimes/cri.ts';
import { RuntimeService } from '../../runtimes/gen/cri_pb.ts';
import { CriRuntime } from './cri-runtime.ts';

const limits = { deadlineMs: 5000 };
const { listPodSandbox, listContainers, podSandboxStatus, containerStatus, status } = RuntimeService.method;

const labels = {
  'io.kubernetes.pod.name': 'web-0',
  'io.kubernetes.pod.namespace': 'prod',
  'io.kubernetes.pod.uid': 'u1',
  'io.kubernetes.container.name': 'main',
};
const metadata = { name: 'web-0', namespace: 'prod', uid: 'u1', attempt: 1 };

for (const spoken of ['runtime.v1', 'runtime.v1alpha2'] as const) {
  test(`pods, statuses and conditions of a runtime that speaks ${spoken}`, async (t) => {
    const service = `${spoken}.RuntimeService`;
    let verbose: boolean | null = null;
    const client = new CriClient(
      await fakeGrpc(t, [
        fakeMethod(
          listPodSandbox,
          () => ({
            items: [
              { id: 's1', metadata, state: 0 },
              { id: 's0', metadata, state: 1 },
            ],
          }),
          service,
        ),
        fakeMethod(
          listContainers,
          () => ({
            containers: [
              { id: 'c1', metadata: { name: 'main', attempt: 2 }, state: 2, labels },
              { id: 'alien', metadata: { name: 'x', attempt: 0 }, state: 1, labels: {} },
            ],
          }),
          service,
        ),
        fakeMethod(
          podSandboxStatus,
          ({ podSandboxId: id }) => ({
            status: { id, metadata, state: 0, network: { ip: '10.0.0.7', additionalIps: [{ ip: 'fd00::7' }] } },
          }),
          service,
        ),
        fakeMethod(
          containerStatus,
          (request) => {
            verbose = request.verbose;
            return {
              status: {
                id: 'c1',
                metadata: { name: 'main', attempt: 2 },
                state: 2,
                exitCode: 1,
                startedAt: 5_000_000n,
              },
            };
          },
          service,
        ),
        fakeMethod(
          status,
          () => ({ status: { conditions: [{ type: 'RuntimeReady', status: false, reason: 'r', message: 'm' }] } }),
          service,
        ),
      ]),
    );
    t.after(() => client.close());
    const cri = new CriRuntime(client);

    const pods = await cri.listPods(limits);
    assert.deepEqual(pods.outcome === 'ok' && pods.value, [
      {
        uid: 'u1',
        name: 'web-0',
        namespace: 'prod',
        sandboxes: [
          { id: 's1', name: 'POD', state: 'running', attempt: 1 },
          { id: 's0', name: 'POD', state: 'exited', attempt: 1 },
        ],
        containers: [{ id: 'c1', name: 'main', state: 'exited', attempt: 2 }],
      },
    ]);
    const sandbox = await cri.sandboxStatus('s1', limits);
    assert.deepEqual(sandbox.outcome === 'ok' && sandbox.value, {
      id: 's1',
      ready: true,
      ips: ['10.0.0.7', 'fd00::7'],
    });
    const container = await cri.containerStatus('c1', limits);
    assert.deepEqual(container.outcome === 'ok' && container.value, {
      id: 'c1',
      name: 'main',
      state: 'exited',
      exitCode: 1,
      startedAt: 5,
      finishedAt: null,
    });
    assert.equal(verbose, false);
    const said = await cri.conditions(limits);
    assert.deepEqual(said.outcome === 'ok' && said.value, {
      runtimeReady: { status: false, reason: 'r', message: 'm' },
      networkReady: null,
    });
  });
}

test('a list of containers that hangs ends at the deadline of the whole list', async (t) => {
  const client = new CriClient(
    await fakeGrpc(t, [fakeMethod(listPodSandbox, () => ({ items: [] })), fakeMethod(listContainers, () => 'hang')]),
  );
  t.after(() => client.close());
  const pods = await new CriRuntime(client).listPods({ deadlineMs: 200 });
  assert.equal(pods.outcome, 'timeout');
});
