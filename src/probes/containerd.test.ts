import assert from 'node:assert/strict';
import { test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { fakeGrpc, fakeMethod } from '../../test/support/fake-grpc.ts';
import { runEngineProbe } from '../../test/support/run-engine-probe.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import { Containers } from '../runtimes/gen/containerd-containers_pb.ts';
import { Namespaces } from '../runtimes/gen/containerd-namespaces_pb.ts';
import { Tasks } from '../runtimes/gen/containerd-tasks_pb.ts';
import { Version } from '../runtimes/gen/containerd-version_pb.ts';
import { containerdProbe } from './containerd.ts';
import type { Endpoint } from './endpoints.ts';

// The servers here are grpc-js stand-ins: how a real containerd hangs is tested elsewhere.

const at = (path: string): Endpoint => ({ path, kinds: ['containerd'], foundBy: 'listening', listenerPid: null });
const base = [
  fakeMethod(Version.method.version, () => ({ version: '1.6.20' })),
  fakeMethod(Namespaces.method.list, () => ({ namespaces: [{ name: 'moby' }] })),
];

test('tasks are facts about their containers, in containerd’s words', async (t) => {
  const tasks = [
    { id: 'a', pid: 7, status: 2 },
    { containerId: 'b', id: 'b', pid: 0, status: 0 },
  ];
  const path = await fakeGrpc(t, [...base, fakeMethod(Tasks.method.list, () => ({ tasks }))]);
  const view = new CaseView(await runEngineProbe(containerdProbe, { endpoints: [at(path)] }));
  assert.equal(view.all('engine')[0]?.fact.version, '1.6.20');
  assert.deepEqual(view.fact(entityId.container('a'), 'task'), {
    type: 'task',
    namespace: 'moby',
    containerId: 'a',
    pid: 7,
    status: 'RUNNING',
  });
  assert.deepEqual(view.to(entityId.container('a'), 'runs'), [entityId.process(7)]);
  assert.deepEqual(view.to(entityId.container('b'), 'runs'), []);
  assert.equal(view.fact(entityId.container('b'), 'task')?.status, 'UNKNOWN');
});

test('a list that times out is followed by each task by itself', async (t) => {
  const path = await fakeGrpc(t, [
    ...base,
    fakeMethod(Tasks.method.list, () => 'hang'),
    fakeMethod(Containers.method.list, () => ({ containers: ['a', 'hung', 'created'].map((id) => ({ id })) })),
    fakeMethod(Tasks.method.get, ({ containerId }) => {
      if (containerId === 'hung') return 'hang';
      if (containerId === 'created') return { failed: status.NOT_FOUND, details: 'no running task found' };
      return { process: { id: containerId, pid: 7, status: 2 } };
    }),
  ]);
  const view = new CaseView(await runEngineProbe(containerdProbe, { endpoints: [at(path)], callTimeoutMs: 300 }));
  assert.deepEqual(
    view.all('task').map((o) => o.fact.containerId),
    ['a'],
  );
  const calls = view.all('call').filter((c) => c.fact.call === 'tasks' || c.fact.call === 'status');
  const outcomes = calls.map((c) => `${c.fact.call} ${c.fact.outcome} ${c.about[1] ?? ''}`);
  assert.deepEqual(outcomes.sort(), ['status ok container:a', 'status timeout container:hung', 'tasks timeout ']);
});

test('no containerd is an absent topic', async () => {
  const view = new CaseView(await runEngineProbe(containerdProbe, { endpoints: [] }));
  assert.deepEqual(
    view.all('gap').map((g) => [g.fact.topic, g.fact.why]),
    [['containerd', 'absent']],
  );
});
