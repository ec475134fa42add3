import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { node, nodeJson, pod, podJson } from '../../../../test/support/remedy/samples.ts';
import { budgetsOf, readBudget } from './budget.ts';
import { readKuredLock } from './kured-lock.ts';
import { readLockLease, readNodeLease } from './lease.ts';
import { readClusterNode } from './node.ts';
import { readClusterPod } from './pod.ts';
import { readReadyTurn } from './ready-turn.ts';
import { holds } from './selector.ts';
import { readClaim, readVolume } from './volume.ts';

const requests = (cpu: string) => ({ resources: { requests: { cpu } } });
const cpuOf = (spec: Record<string, unknown>) => pod('a', { spec }).needs.requests.cpu;

test('a pod asks for its containers together, or for the most that an init container needs', () => {
  const containers = [requests('300m'), requests('200m')];
  assert.equal(cpuOf({ containers }), 500);
  assert.equal(cpuOf({ containers, initContainers: [requests('100m')] }), 500);
  assert.equal(cpuOf({ containers, initContainers: [requests('2'), requests('1')] }), 2000);
});

test('a sidecar stays beside the containers, and beside the init containers after it alone', () => {
  const sidecar = { ...requests('400m'), restartPolicy: 'Always' };
  const containers = [requests('500m')];
  assert.equal(cpuOf({ containers, initContainers: [sidecar] }), 900);
  assert.equal(cpuOf({ containers, initContainers: [requests('1'), sidecar] }), 1000);
  assert.equal(cpuOf({ containers, initContainers: [sidecar, requests('1')] }), 1400);
});

test('the overhead of a runtime comes on top, and what the pod as a whole asks for goes before its containers', () => {
  const containers = [requests('500m')];
  assert.equal(cpuOf({ containers, overhead: { cpu: '250m' } }), 750);
  assert.equal(cpuOf({ containers, ...requests('2'), overhead: { cpu: '250m' } }), 2250);
});

test('memory and devices are whole, cpu is in thousandths, and each pod counts as one', () => {
  const limits = { requests: { memory: '128Mi', 'example.com/gpu': '2', 'ephemeral-storage': '1500m' } };
  assert.deepEqual(pod('a', { spec: { containers: [{ resources: limits }] } }).needs.requests, {
    memory: 128 * 2 ** 20,
    'example.com/gpu': 2,
    'ephemeral-storage': 2,
    pods: 1,
  });
});

test('what a pod keeps on its node: emptyDir, claims of its own and of its ephemeral volumes', () => {
  const volumes = [
    { name: 'tmp', emptyDir: {} },
    { name: 'data', persistentVolumeClaim: { claimName: 'data-0' } },
    { name: 'work', ephemeral: { volumeClaimTemplate: {} } },
    { name: 'cfg', configMap: { name: 'x' } },
  ];
  const { emptyDirs, needs } = pod('a', { spec: { volumes } });
  assert.deepEqual([emptyDirs, needs.claims], [['tmp'], ['data-0', 'a-work']]);
});

test('labels that are asked for, as the API server reads it', () => {
  const labels = { zone: 'a', n: '7' };
  for (const [key, operator, values, expected] of [
    ['zone', 'In', ['a', 'b'], true],
    ['zone', 'NotIn', ['a'], false],
    ['none', 'NotIn', ['a'], true],
    ['none', 'In', ['a'], false],
    ['zone', 'Exists', [], true],
    ['zone', 'DoesNotExist', [], false],
    ['n', 'Gt', ['6'], true],
    ['n', 'Lt', ['7'], false],
    ['zone', 'Gt', ['1'], false],
    ['none', 'Lt', ['1'], false],
    ['toString', 'Exists', [], false],
    ['zone', 'Near', ['a'], false],
  ] as const) {
    assert.equal(holds({ key, operator, values }, labels), expected, `${key} ${operator}`);
  }
});

test('a control-plane node is known by label or taint, of either name', () => {
  assert.equal(node('a').isControlPlane, false);
  assert.equal(node('a', { labels: { 'node-role.kubernetes.io/master': '' } }).isControlPlane, true);
  const taints = [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }];
  assert.equal(node('a', { spec: { taints } }).isControlPlane, true);
});

test('a budget without any selector selects nothing; an empty one all in policy/v1, nothing in v1beta1', () => {
  const json = (spec: object) => ({ metadata: { namespace: 'shop', name: 'b' }, spec, status: {} });
  const counts = (spec: object, version: 'v1' | 'v1beta1') => {
    const budget = readBudget(json(spec), version);
    return budget !== null && budgetsOf(pod('web'), [budget]).length === 1;
  };
  assert.equal(counts({}, 'v1'), false);
  assert.equal(counts({ selector: {} }, 'v1'), true);
  assert.equal(counts({ selector: {} }, 'v1beta1'), false);
  assert.equal(counts({ selector: { matchLabels: { app: 'web' } } }, 'v1beta1'), true);
  assert.equal(counts({ selector: { matchLabels: { app: 'db' } } }, 'v1'), false);
});

test('the lock of kured, for one owner or several, counts for the node that holds it', () => {
  const lock = (value: unknown) => ({
    metadata: {
      namespace: 'kube-system',
      name: 'kured',
      annotations: { 'weave.works/kured-node-lock': JSON.stringify(value) },
    },
  });
  const owner = { nodeID: 'worker-1', created: '2026-11-24T05:00:00Z', TTL: 60e9 };
  const until = Date.parse('2026-11-24T05:01:00Z');
  assert.equal(readKuredLock(lock(owner), 'worker-1')?.until, until);
  assert.equal(
    readKuredLock(lock({ maxOwners: 2, locks: [{ ...owner, nodeID: 'x' }, owner] }), 'worker-1')?.until,
    until,
  );
  assert.equal(readKuredLock(lock({ ...owner, TTL: 0 }), 'worker-1')?.until, null);
  assert.equal(readKuredLock(lock(owner), 'worker-2'), null);
  assert.equal(readKuredLock(lock('x'), 'worker-1'), null);
});

test('a lease is a lock while somebody holds it', () => {
  const json = (spec: object) => ({ metadata: { namespace: 'medik8s-leases', name: 'node-a' }, spec });
  const spec = { holderIdentity: 'nmo', renewTime: '2026-11-24T05:00:00.000000Z', leaseDurationSeconds: 3600 };
  assert.deepEqual(readLockLease(json(spec)), {
    what: 'lease medik8s-leases/node-a',
    holder: 'nmo',
    until: Date.parse('2026-11-24T06:00:00Z'),
  });
  assert.equal(readLockLease(json({ ...spec, holderIdentity: '' })), null);
});

test('no JSON makes a reader throw, and no field of another type loses the rest', () => {
  const readers = [readClusterNode, readClusterPod, readClaim, readVolume, readNodeLease, readLockLease, readReadyTurn];
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      for (const read of readers) read(json);
      readBudget(json, 'v1');
      readKuredLock(json, 'a');
    }),
  );
  const odd = {
    containers: 7,
    tolerations: [3, { operator: 'Exists' }],
    volumes: [{}],
    topologySpreadConstraints: 'x',
  };
  assert.equal(readClusterPod(podJson('a', { spec: odd }))?.needs.tolerations.length, 1);
  assert.equal(readClusterNode({ ...nodeJson('a'), spec: 4 })?.unschedulable, false);
});
