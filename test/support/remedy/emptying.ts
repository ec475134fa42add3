import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { kubePath } from '../../../src/kube/paths.ts';
import { type Capacity, capacityWithout } from '../../../src/remedy/cluster/capacity/index.ts';
import { readClusterContext } from '../../../src/remedy/cluster/read-context.ts';
import { deletePod } from './capacity.ts';
import { actorOf } from './drain.ts';
import { LIMITS, objectOf, type RemedyScene } from './scene.ts';
import { countReasons, type Decision, untilDecided } from './scheduler.ts';

const NODE = 'emptied';
const MOVING = 10;
const BOUND = 'bound-to-its-disk';

/** A pod that something makes anew; which kind does not matter to the scheduler. */
function podObject(name: string, owner: object, nodeName: string | undefined) {
  const claim = { name: 'data', persistentVolumeClaim: { claimName: 'data' } };
  const resources = { requests: { cpu: '1500m', memory: '10Mi' } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'default', ownerReferences: [owner] },
    spec: {
      nodeName,
      automountServiceAccountToken: false,
      containers: [{ name: 'c', image: 'none', resources }],
      volumes: name === BOUND ? [claim] : [],
    },
  };
}

/** A disk of the node, with the claim that has it: no controller of the lab binds them. */
const DISK = [
  {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'disk-of-emptied' },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'local',
      local: { path: '/data' },
      claimRef: { namespace: 'default', name: 'data' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [NODE] }] },
          ],
        },
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace: 'default', annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
    spec: {
      volumeName: 'disk-of-emptied',
      storageClassName: 'local',
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
    },
  },
];

/** Says where a node's pods would go and what room could be opened; then has the real scheduler place them, and opens it. */
export async function emptiesAsForetold(scene: RemedyScene): Promise<void> {
  const { kubectl } = scene.cluster;
  const owner = await ownerReference(scene);
  await kubectl.apply({ apiVersion: 'v1', kind: 'List', items: DISK });
  // In the order in which the API server lists them, and so the simulation takes them.
  const names = [BOUND, ...Array.from({ length: MOVING }, (_, i) => `moving-${i}`)];
  for (const name of names) await create(scene, podObject(name, owner, NODE));
  const foretold = await capacityOf(scene);
  assert.deepEqual(foretold.unknown, []);

  for (const name of names) await deletePod(scene, name);
  const decisions = new Map<string, Decision>();
  for (const name of names) {
    await create(scene, podObject(name, owner, undefined));
    decisions.set(name, await untilDecided(scene, name));
  }
  assertForetold(foretold, decisions);
  await openRoom(scene, foretold);
}

function assertForetold({ fits, unplaced }: Capacity, decisions: ReadonlyMap<string, Decision>): void {
  const refused = [...decisions].filter(([, d]) => 'refused' in d).map(([name]) => name);
  assert.deepEqual(unplaced.map((u) => u.pod.name).toSorted(), refused.toSorted());
  assert.equal(fits.length, decisions.size - refused.length);
  for (const { pod, refusals } of unplaced) {
    const decision = decisions.get(pod.name);
    const counts: Record<string, number> = {};
    for (const { reason, nodes } of refusals) counts[reason] = (counts[reason] ?? 0) + nodes;
    // The scheduler also counts the emptied node, which is cordoned.
    counts.unschedulable = (counts.unschedulable ?? 0) + 1;
    assert.deepEqual(counts, decision !== undefined && 'refused' in decision ? countReasons(decision.refused) : null);
  }
}

/** The pods that an offer is said to place are placed when it is taken; what it changed is put back by its other half. */
async function openRoom(scene: RemedyScene, { offers, unplaced }: Capacity): Promise<void> {
  assert.deepEqual(
    offers.filter((o) => o.node !== scene.cluster.node).map((o) => [o.kind, o.node, o.leaves.map((p) => p.name)]),
    [
      ['uncordon', 'cordoned', [BOUND]],
      ['open-control-plane', 'control-plane', [BOUND]],
    ],
  );
  const offer = offers.find((o) => o.kind === 'open-control-plane');
  assert.ok(offer);
  const given = { signal: AbortSignal.timeout(20_000), deadlineMs: 5000 };
  for (const act of offer.acts) assert.equal((await actorOf(scene, 'drainer').perform(act, given)).status, 'done');
  for (const { name } of offer.places) await untilPlaced(scene, name);
  for (const act of offer.putBack) assert.equal((await actorOf(scene, 'drainer').perform(act, given)).status, 'done');
  assert.equal(offer.places.length, unplaced.length - 1);
  const { spec } = objectOf<{ spec: { taints: unknown[] } }>(
    await scene.admin.get(kubePath.node('control-plane'), LIMITS),
  );
  assert.deepEqual(spec.taints, [{ key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' }]);
}

async function capacityOf(scene: RemedyScene): Promise<Capacity> {
  const options = { ...LIMITS, callTimeoutMs: 5000, now: Date.now };
  return capacityWithout(await readClusterContext(scene.as('drainer'), NODE, options), NODE);
}

async function ownerReference({ admin }: RemedyScene): Promise<object> {
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'owner', namespace: 'default' } };
  const path = '/api/v1/namespaces/default/configmaps';
  const { metadata } = objectOf<{ metadata: { uid: string } }>(await admin.post(path, map, LIMITS));
  return { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: metadata.uid, controller: true };
}

async function create({ admin }: RemedyScene, pod: unknown): Promise<void> {
  objectOf(await admin.post('/api/v1/namespaces/default/pods', pod, LIMITS));
}

async function untilPlaced({ admin }: RemedyScene, name: string): Promise<void> {
  for (let i = 0; i < 400; i++) {
    const { spec } = objectOf<{ spec: { nodeName?: string } }>(await admin.get(kubePath.pod('default', name), LIMITS));
    if (spec.nodeName !== undefined) return;
    await sleep(50);
  }
  assert.fail(`${name} finds no place`);
}
