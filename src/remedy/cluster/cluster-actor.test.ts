import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeJson, podJson } from '../../../test/support/remedy/samples.ts';
import { failure, standInCluster } from '../../../test/support/remedy/stand-in-cluster.ts';
import type { KubeWriter } from '../../kube/kube-writer.ts';
import type { ClusterAct } from '../act.ts';
import type { Outcome } from '../outcome.ts';
import { createClusterActor } from './index.ts';

const NODE = '/api/v1/nodes/worker-1';
const TAINT = { key: 'example.com/x', value: 'v', effect: 'NoSchedule' } as const;

function perform(
  client: KubeWriter,
  act: ClusterAct,
  deadlineMs = 3000,
  signal = new AbortController().signal,
): Promise<Outcome> {
  const actor = createClusterActor(client, { callTimeoutMs: 1000, now: Date.now, hungContainers: new Set() });
  return actor.perform(act, { signal, deadlineMs });
}

function onNode(spec: object, more: { ready?: string } = {}) {
  return standInCluster(({ method }) => ({
    json: method === 'GET' ? nodeJson('worker-1', { spec: { ...spec }, ...more }) : {},
  }));
}

test('a cordon changes the very node that was read, and is done where it stands', async () => {
  const { client, changes } = onNode({});
  assert.equal((await perform(client, { kind: 'cordon', node: 'worker-1' })).status, 'done');
  assert.deepEqual(changes, [
    {
      method: 'PATCH',
      path: NODE,
      body: { spec: { unschedulable: true }, metadata: { uid: 'uid-worker-1', resourceVersion: '1' } },
    },
  ]);
  const stood = onNode({ unschedulable: true });
  assert.equal((await perform(stood.client, { kind: 'cordon', node: 'worker-1' })).status, 'done');
  assert.equal((await perform(onNode({}).client, { kind: 'uncordon', node: 'worker-1' })).status, 'done');
  assert.deepEqual(stood.changes, []);
});

test('a node that others change meanwhile is read and decided anew', async () => {
  let [version, tries] = [1, 0];
  const { client, changes } = standInCluster(({ method, body }) => {
    const node = nodeJson('worker-1', { spec: { taints: [{ key: `others-${version}`, effect: 'NoSchedule' }] } });
    if (method === 'GET')
      return { json: { ...node, metadata: { ...(node.metadata as object), resourceVersion: `${version}` } } };
    tries += 1;
    if (tries === 1) version = 2;
    const { resourceVersion } = body.metadata as { resourceVersion: string };
    return resourceVersion === `${version}` ? { json: {} } : failure(409, 'the object has been modified');
  });
  assert.equal((await perform(client, { kind: 'add-taint', node: 'worker-1', taint: TAINT })).status, 'done');
  assert.equal(changes.length, 2);
  assert.deepEqual(changes[1]?.body.spec, { taints: [{ key: 'others-2', effect: 'NoSchedule' }, TAINT] });
});

test('an API server that is away for a while is asked again, also whether the change was made', async () => {
  let isCordoned = false;
  let calls = 0;
  const { client, changes } = standInCluster(({ method }) => {
    calls += 1;
    if (calls === 1) return null;
    if (method === 'GET') return { json: nodeJson('worker-1', { spec: { unschedulable: isCordoned } }) };
    // It takes the change and goes away before it says so.
    isCordoned = true;
    return null;
  });
  const outcome = await perform(client, { kind: 'cordon', node: 'worker-1' });
  assert.deepEqual([outcome.status, changes.length], ['done', 1]);
});

test('one that stays away is a timeout, and a caller that gives up ends the act', async () => {
  const { client } = standInCluster(() => null);
  const outcome = await perform(client, { kind: 'cordon', node: 'worker-1' }, 300);
  assert.equal(outcome.status, 'timed-out');
  assert.match(outcome.text.en, /ECONNREFUSED/);
  const over = new AbortController();
  over.abort();
  assert.equal((await perform(client, { kind: 'cordon', node: 'worker-1' }, 60_000, over.signal)).status, 'timed-out');
});

test('what is not allowed names the right; a node that is not there is refused', async () => {
  const denied = standInCluster(({ method }) =>
    method === 'GET' ? { json: nodeJson('worker-1') } : failure(403, 'nodes "worker-1" is forbidden'),
  );
  const outcome = await perform(denied.client, { kind: 'cordon', node: 'worker-1' });
  assert.equal(outcome.status, 'failed');
  assert.match(outcome.text.en, /needs the right "patch nodes"/);
  const none = standInCluster(() => failure(404, 'not found'));
  assert.equal((await perform(none.client, { kind: 'cordon', node: 'worker-1' })).status, 'refused');
});

test('a taint that somebody else set with another value is left alone', async () => {
  const { client, changes } = onNode({ taints: [{ ...TAINT, value: 'theirs' }] });
  for (const kind of ['add-taint', 'remove-taint'] as const) {
    assert.equal((await perform(client, { kind, node: 'worker-1', taint: TAINT })).status, 'refused');
  }
  assert.deepEqual(changes, []);
});

test('removing a taint leaves the others as they stand, with what they have', async () => {
  const other = { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute', timeAdded: '2026-11-24T05:58:04Z' };
  const { client, changes } = onNode({ taints: [other, TAINT] });
  await perform(client, { kind: 'remove-taint', node: 'worker-1', taint: TAINT });
  assert.deepEqual(changes[0]?.body.spec, { taints: [other] });
  const gone = onNode({});
  assert.equal((await perform(gone.client, { kind: 'remove-taint', node: 'worker-1', taint: TAINT })).status, 'done');
  assert.deepEqual(gone.changes, []);
});

test('the out-of-service taint only where somebody saw the node off, it is not Ready and was not started since', async () => {
  const taint = { key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute' } as const;
  const add = (down?: { by: 'operator'; bootId: string }): ClusterAct => ({
    kind: 'add-taint',
    node: 'worker-1',
    taint,
    ...(down === undefined ? {} : { down }),
  });
  const seen = { by: 'operator', bootId: 'boot-1' } as const;
  const status = async (ready: string, act: ClusterAct) => (await perform(onNode({}, { ready }).client, act)).status;
  assert.equal(await status('Unknown', add()), 'refused');
  assert.equal(await status('True', add(seen)), 'refused');
  assert.equal(await status('Unknown', add({ ...seen, bootId: 'boot-0' })), 'refused');
  assert.equal(await status('Unknown', add(seen)), 'done');
});

const POD = { namespace: 'shop', name: 'db-0', uid: 'uid-db-0' };

test('a forced deletion goes for the pod that is meant and looks whether it is gone', async () => {
  let isThere = true;
  const { client, changes } = standInCluster(({ method }) => {
    if (method === 'DELETE') isThere = false;
    return isThere ? { json: podJson('db-0') } : failure(404, 'not found');
  });
  assert.equal((await perform(client, { kind: 'force-delete-pod', pod: POD })).status, 'done');
  assert.deepEqual(changes[0]?.body, { preconditions: { uid: 'uid-db-0' }, gracePeriodSeconds: 0 });
});

test('another pod by that name is none of ours; a mirror is refused; finalizers are named', async () => {
  const act = { kind: 'force-delete-pod', pod: POD } as const;
  const next = standInCluster(() => ({ json: podJson('db-0', { metadata: { uid: 'another' } }) }));
  assert.deepEqual([(await perform(next.client, act)).status, next.changes], ['done', []]);
  const annotations = { 'kubernetes.io/config.mirror': 'x' };
  const mirror = standInCluster(() => ({ json: podJson('db-0', { metadata: { annotations } }) }));
  assert.deepEqual([(await perform(mirror.client, act)).status, mirror.changes], ['refused', []]);
  const kept = standInCluster(() => ({ json: podJson('db-0', { metadata: { finalizers: ['example.com/x'] } }) }));
  const outcome = await perform(kept.client, act);
  assert.equal(outcome.status, 'failed');
  assert.match(outcome.text.en, /example\.com\/x/);
});

test('an event has the node’s name as uid, so that kubectl describe finds it, and is cut to what is allowed', async () => {
  const { client, changes } = standInCluster(() => ({ json: {} }));
  const actor = createClusterActor(client, { callTimeoutMs: 1000, now: () => 0, hungContainers: new Set() });
  const given = { signal: new AbortController().signal, deadlineMs: 1000 };
  const event = { node: 'worker-1', reason: 'Cordoned', message: 'x'.repeat(2000), type: 'Normal' } as const;
  assert.equal((await actor.record(event, given)).status, 'done');
  const body = changes[0]?.body as { involvedObject: unknown; message: string; firstTimestamp: string };
  assert.deepEqual(body.involvedObject, { apiVersion: 'v1', kind: 'Node', name: 'worker-1', uid: 'worker-1' });
  assert.deepEqual([body.message.length, body.firstTimestamp], [1024, '1970-01-01T00:00:00Z']);
});
