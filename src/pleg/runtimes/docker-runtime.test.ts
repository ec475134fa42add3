import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FakeAnswer, fakeDocker } from '../../../test/support/fake-docker.ts';
import { DockerClient } from '../../runtimes/docker.ts';
import { DockerRuntime } from './docker-runtime.ts';

const limits = { deadlineMs: 5000 };
const UID = '0aec2b7c-8d0b-4e6a-9f3c-2f6d1f1d7a11';

const LIST = [
  { Id: 'c2', Names: [`/k8s_main_web-0_prod_${UID}_1`], State: 'running', Labels: {} },
  { Id: 'c1', Names: [`/k8s_main_web-0_prod_${UID}_0`], State: 'exited', Labels: {} },
  { Id: 'c3', Names: [`/k8s_side_web-0_prod_${UID}_0`], State: 'restarting', Labels: {} },
  {
    Id: 's1',
    Names: [`/k8s_POD_web-0_prod_${UID}_0`],
    State: 'paused',
    Labels: { 'io.kubernetes.docker.type': 'podsandbox' },
  },
  { Id: 'other', Names: ['/not-of-kubernetes'], State: 'running', Labels: {} },
];

function inspected(status: string) {
  const State = {
    Status: status,
    Pid: 1,
    ExitCode: 137,
    StartedAt: '2026-01-01T00:00:01Z',
    FinishedAt: '0001-01-01T00:00:00Z',
  };
  return { Id: 'c1', Name: `/k8s_main_web-0_prod_${UID}_0`, Config: { Labels: {} }, State };
}

async function runtime(t: Parameters<typeof fakeDocker>[0], answers: Record<string, FakeAnswer>) {
  const client = new DockerClient(await fakeDocker(t, (path) => answers[path] ?? { status: 404, message: 'no such' }));
  t.after(() => client.close());
  return new DockerRuntime(client);
}

test('pods are read off the names that dockershim gives, with their sandboxes and attempts', async (t) => {
  const docker = await runtime(t, { '/containers/json?all=1': { json: LIST } });
  const pods = await docker.listPods(limits);
  assert.deepEqual(pods.outcome === 'ok' && pods.value, [
    {
      uid: UID,
      name: 'web-0',
      namespace: 'prod',
      sandboxes: [{ id: 's1', name: 'POD', state: 'running', attempt: 0 }],
      containers: [
        { id: 'c2', name: 'main', state: 'running', attempt: 1 },
        { id: 'c1', name: 'main', state: 'exited', attempt: 0 },
        { id: 'c3', name: 'side', state: 'unknown', attempt: 0 },
      ],
    },
  ]);
  const none = await docker.listPods(limits, 'another');
  assert.deepEqual(none.outcome === 'ok' && none.value, []);
});

test('a sandbox that was only created has ended, as the kubelet sees it', async (t) => {
  const created = { ...LIST.at(3), State: 'created' };
  const docker = await runtime(t, { '/containers/json?all=1': { json: [created] } });
  const pods = await docker.listPods(limits);
  assert.equal(pods.outcome === 'ok' && pods.value[0]?.sandboxes[0]?.state, 'exited');
});

test('statuses, and what is refused', async (t) => {
  const docker = await runtime(t, {
    '/containers/c1/json': { json: inspected('exited') },
    '/containers/s1/json': { json: inspected('running') },
    '/version': { json: { Version: '20.10.24', ApiVersion: '1.41' } },
  });
  const status = await docker.containerStatus('c1', limits);
  assert.deepEqual(status.outcome === 'ok' && status.value, {
    id: 'c1',
    name: 'main',
    state: 'exited',
    exitCode: 137,
    startedAt: Date.UTC(2026, 0, 1, 0, 0, 1),
    finishedAt: null,
  });
  const sandbox = await docker.sandboxStatus('s1', limits);
  assert.deepEqual(sandbox.outcome === 'ok' && sandbox.value, { id: 's1', ready: true, ips: [] });
  const gone = await docker.containerStatus('x', limits);
  assert.deepEqual([gone.outcome, gone.outcome === 'error' && gone.code], ['error', '404']);
  const said = await docker.conditions(limits);
  assert.equal(said.outcome === 'ok' && said.value.runtimeReady?.status, true);
});
