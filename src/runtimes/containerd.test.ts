import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeGrpc, fakeMethod } from '../../test/support/fake-grpc.ts';
import { ContainerdClient, taskStatusName } from './containerd.ts';
import { Tasks } from './gen/containerd-tasks_pb.ts';

test('calls say which namespace they mean', async (t) => {
  const client = new ContainerdClient(
    await fakeGrpc(t, [
      fakeMethod(Tasks.method.list, (_, metadata) => ({
        tasks: [{ id: String(metadata.get('containerd-namespace')[0]), pid: 7, status: 2 }],
      })),
    ]),
  );
  t.after(() => client.close());
  const [moby, k8s] = await Promise.all(['moby', 'k8s.io'].map((n) => client.tasks(n, { deadlineMs: 5000 })));
  assert.equal(moby?.outcome === 'ok' && moby.value.tasks[0]?.id, 'moby');
  assert.equal(k8s?.outcome === 'ok' && k8s.value.tasks[0]?.id, 'k8s.io');
});

test('task states in containerd’s words', () => {
  assert.deepEqual([0, 2, 3].map(taskStatusName), ['UNKNOWN', 'RUNNING', 'STOPPED']);
  assert.equal(taskStatusName(9), 'STATUS_9');
});
