import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listOf, NODE_EVENT } from '../../../test/support/api-objects.ts';
import { nodeJson, podJson } from '../../../test/support/remedy/samples.ts';
import { forbidden, standInApi } from '../../../test/support/stand-in-api.ts';
import { readClusterContext } from './read-context.ts';

const OPTIONS = { deadlineMs: 5000, callTimeoutMs: 1000, now: () => 7 };
const LEASES = '/apis/coordination.k8s.io/v1/namespaces';

const WHOLE = {
  '/apis/policy': { json: { versions: [{ version: 'v1beta1' }] } },
  '/api/v1/nodes': listOf(nodeJson('worker-1'), nodeJson('worker-2')),
  '/api/v1/nodes/worker-1': { json: nodeJson('worker-1') },
  '/api/v1/pods': listOf(podJson('a')),
  '/api/v1/persistentvolumeclaims': listOf(),
  '/api/v1/persistentvolumes': listOf(),
  '/apis/policy/v1beta1/poddisruptionbudgets': listOf({ metadata: { namespace: 'shop', name: 'b' } }),
  '/api/v1/events': listOf(NODE_EVENT, { ...NODE_EVENT, reason: 'Starting' }),
  [`${LEASES}/kube-node-lease/leases`]: listOf({
    metadata: { name: 'worker-1' },
    spec: { renewTime: '2026-11-24T05:59:55.123456Z' },
  }),
};

test('all that a plan asks of a cluster', async () => {
  const context = await readClusterContext(standInApi(WHOLE), 'worker-1', OPTIONS);
  assert.deepEqual(context.missing, []);
  assert.equal(context.at, 7);
  assert.equal(context.node, context.nodes[0]);
  assert.deepEqual([context.nodes.length, context.pods.length, context.budgets.length], [2, 1, 1]);
  assert.deepEqual(context.readyTurns, [
    { node: 'worker-1', at: Date.parse('2026-11-24T05:58:04Z'), ready: false, count: 7 },
  ]);
  assert.deepEqual(context.leases, [{ node: 'worker-1', renewedAt: Date.parse('2026-11-24T05:59:55.123Z') }]);
  assert.deepEqual(context.locks, []);
});

test('what RBAC denies is named with the right that lacks, and the rest is there', async () => {
  const denied = {
    ...WHOLE,
    '/api/v1/nodes': () => forbidden('nodes'),
    '/api/v1/persistentvolumes': () => forbidden('persistentvolumes'),
  };
  const context = await readClusterContext(standInApi(denied), 'worker-1', OPTIONS);
  assert.deepEqual(
    context.missing.map((m) => [m.part, m.right, m.why]),
    [
      ['nodes', 'list nodes', 'no-permission'],
      ['volumes', 'list persistentvolumes', 'no-permission'],
    ],
  );
  assert.equal(context.node?.name, 'worker-1');
  assert.deepEqual(context.nodes, [context.node]);
});

test('an API server that never answers leaves nothing but that', async () => {
  const paths = [...Object.keys(WHOLE), '/apis/policy/v1/poddisruptionbudgets'];
  const silent = Object.fromEntries(paths.map((path) => [path, null]));
  const { node, missing } = await readClusterContext(standInApi(silent), 'worker-1', OPTIONS);
  assert.equal(node, null);
  assert.ok(missing.length >= 8 && missing.every((m) => m.why === 'stuck' || m.part === 'locks'));
});

test('who else holds the node: a lease of its maintenance, the lock of kured', async () => {
  const kured = {
    metadata: {
      namespace: 'kube-system',
      name: 'kured',
      annotations: { 'weave.works/kured-node-lock': '{"nodeID":"worker-1","created":"2026-11-24T05:00:00Z","TTL":0}' },
    },
  };
  const lease = { metadata: { namespace: 'medik8s-leases', name: 'node-worker-1' }, spec: { holderIdentity: 'nmo' } };
  const held = {
    ...WHOLE,
    [`${LEASES}/medik8s-leases/leases/node-worker-1`]: { json: lease },
    '/apis/apps/v1/namespaces/kube-system/daemonsets/kured': { json: kured },
  };
  const context = await readClusterContext(standInApi(held), 'worker-1', OPTIONS);
  assert.deepEqual(
    context.locks.map((l) => [l.holder, l.until]),
    [
      ['nmo', null],
      ['kured', null],
    ],
  );
});
