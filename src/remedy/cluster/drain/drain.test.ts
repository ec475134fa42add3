import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nodeJson, podJson } from '../../../../test/support/remedy/samples.ts';
import { failure, list, standInCluster } from '../../../../test/support/remedy/stand-in-cluster.ts';
import type { KubeWriter } from '../../../kube/kube-writer.ts';
import type { Outcome } from '../../outcome.ts';
import { createClusterActor } from '../index.ts';

const CONTAINER = 'a'.repeat(64);
const POLICY = { json: { versions: [{ version: 'v1beta1' }] } };

type Pods = Map<string, Parameters<typeof podJson>[1]>;

/** A node with pods; `evict` says what comes of an eviction. */
function nodeWith(
  pods: Pods,
  evict: (name: string) => ReturnType<typeof failure> | null,
  more: { away?: () => boolean } = {},
) {
  return standInCluster(({ method, path }) => {
    if (more.away?.() === true) return null;
    if (path === '/apis/policy') return POLICY;
    if (path.startsWith('/api/v1/nodes/')) return { json: nodeJson('worker-1', { spec: { unschedulable: true } }) };
    if (path === '/api/v1/pods') return list(...[...pods].map(([name, p]) => podJson(name, p)));
    if (path.includes('/poddisruptionbudgets')) return list();
    const name = /pods\/([^/]+)\/eviction$/.exec(path)?.[1];
    return method === 'POST' && name !== undefined ? evict(name) : failure(404, 'not found');
  });
}

async function drain(
  client: KubeWriter,
  deadlineMs: number,
  hung: readonly string[] = [],
): Promise<Outcome & { told: readonly string[] }> {
  const told: string[] = [];
  const actor = createClusterActor(client, { callTimeoutMs: 500, now: Date.now, hungContainers: new Set(hung) });
  const act = { kind: 'drain', node: 'worker-1', consent: { emptyDir: false, unmanaged: false }, deadlineMs } as const;
  const given = {
    signal: new AbortController().signal,
    deadlineMs,
    onProgress: (t: { en: string }) => void told.push(t.en),
  };
  return { ...(await actor.perform(act, given)), told };
}

test('pods are evicted by the version that the server has and by their uid, and told of as they go', async () => {
  const pods: Pods = new Map([['a', {}]]);
  const { client, changes } = nodeWith(pods, (name) => {
    pods.delete(name);
    return { status: 201, json: {} };
  });
  const { status, told } = await drain(client, 5000);
  assert.equal(status, 'done');
  assert.deepEqual(told, ['evicting shop/a', 'shop/a is gone']);
  const { apiVersion, deleteOptions } = changes[0]?.body ?? {};
  assert.deepEqual([apiVersion, deleteOptions], ['policy/v1beta1', { preconditions: { uid: 'uid-a' } }]);
});

test('a failure that comes as HTTP 201 is one', async () => {
  const { json } = failure(
    500,
    'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
  );
  const { client } = nodeWith(new Map([['a', {}]]), () => ({ status: 201, json }));
  const { status, stuck } = await drain(client, 1200);
  assert.deepEqual([status, stuck?.map((s) => s.reason)], ['timed-out', ['several-budgets']]);
});

test('an API server that is away amid the drain is waited for', async () => {
  let calls = 0;
  const pods: Pods = new Map([['a', {}]]);
  const evict = (name: string) => {
    pods.delete(name);
    return { status: 201, json: {} };
  };
  const { client } = nodeWith(pods, evict, { away: () => ++calls > 5 && calls < 8 });
  assert.equal((await drain(client, 8000)).status, 'done');
});

test('a drain of which nothing but pods with hung containers is left ends before its deadline', async () => {
  const dying = {
    metadata: { deletionTimestamp: '2026-11-24T05:50:30Z', deletionGracePeriodSeconds: 30 },
    status: { phase: 'Running', containerStatuses: [{ name: 'app', containerID: `docker://${CONTAINER}` }] },
  };
  const { client, changes } = nodeWith(new Map([['a', dying]]), () => failure(500, 'none should be asked'));
  const { status, stuck } = await drain(client, 600_000, [CONTAINER]);
  assert.deepEqual([status, stuck?.map((s) => s.reason), changes], ['failed', ['container-hung'], []]);
});

test('but a hung container has its grace period first', async () => {
  const metadata = { deletionTimestamp: new Date(Date.now() + 30_000).toISOString(), deletionGracePeriodSeconds: 30 };
  const status = { phase: 'Running', containerStatuses: [{ name: 'app', containerID: `docker://${CONTAINER}` }] };
  const { client } = nodeWith(new Map([['a', { metadata, status }]]), () => failure(500, 'none should be asked'));
  assert.equal((await drain(client, 600, [CONTAINER])).status, 'timed-out');
});

test('nor does it wait where no pod may be evicted', async () => {
  const { client } = nodeWith(new Map([['a', {}]]), () => failure(403, 'pods "a" is forbidden'));
  const { status, stuck } = await drain(client, 600_000);
  assert.deepEqual([status, stuck?.map((s) => s.reason)], ['failed', ['no-permission']]);
});

test('a pod of a DaemonSet that is no more is nobody’s: it goes only where that was agreed to', async () => {
  const { client } = nodeWith(new Map([['a', { owner: 'DaemonSet' }]]), () => ({ json: {} }));
  const { status, text } = await drain(client, 3000);
  assert.equal(status, 'refused');
  assert.match(text.en, /would come back nowhere: shop\/a/);
});
