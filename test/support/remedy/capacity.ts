import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { kubePath } from '../../../src/kube/paths.ts';
import { filterFor } from '../../../src/remedy/cluster/capacity/filters/index.ts';
import { placesOf } from '../../../src/remedy/cluster/capacity/place.ts';
import { readClusterPod } from '../../../src/remedy/cluster/objects/pod.ts';
import { readClusterContext } from '../../../src/remedy/cluster/read-context.ts';
import { NODES, samplePods } from './capacity-cases.ts';
import { LIMITS, objectOf, type RemedyScene, registerNode } from './scene.ts';
import { countReasons, type Decision, untilDecided } from './scheduler.ts';

const PODS = 60;

export async function registerNodes(scene: RemedyScene): Promise<void> {
  for (const node of NODES) await registerNode(scene, node);
}

/** Pod after pod: what the filters say of each node, then what the real scheduler does with that very pod. */
export async function agreesWithScheduler(
  scene: RemedyScene,
  seed: number,
): Promise<{ placed: number; refused: number }> {
  const told = { placed: 0, refused: 0 };
  for (const object of samplePods(PODS, seed)) {
    const expected = await predict(scene, object);
    objectOf(await scene.admin.post('/api/v1/namespaces/default/pods', object, LIMITS));
    const { name } = (object as { metadata: { name: string } }).metadata;
    const decision = await untilDecided(scene, name);
    assertAgrees(object, expected, decision);
    told['node' in decision ? 'placed' : 'refused'] += 1;
    // One that waits would be tried again as others come.
    if ('refused' in decision) await deletePod(scene, name);
  }
  return told;
}

interface Expected {
  readonly takers: readonly string[];
  readonly reasons: Readonly<Record<string, number>>;
}

async function predict({ admin, cluster }: RemedyScene, object: unknown): Promise<Expected> {
  const options = { ...LIMITS, callTimeoutMs: LIMITS.deadlineMs, now: Date.now };
  const { nodes, pods, claims, volumes, missing } = await readClusterContext(admin, cluster.node, options);
  assert.deepEqual(missing, []);
  const given = object as { metadata: object };
  const pod = readClusterPod({ ...given, metadata: { ...given.metadata, uid: 'u' }, status: { phase: 'Pending' } });
  assert.ok(pod);
  const places = placesOf(nodes, pods);
  const filter = filterFor(pod, places, { claims, volumes });
  const answers = places.map((place) => ({ name: place.node.name, refusal: filter(place) }));
  const reasons: Record<string, number> = {};
  for (const { refusal } of answers) {
    if (refusal !== null) reasons[refusal.reason] = (reasons[refusal.reason] ?? 0) + 1;
  }
  return { takers: answers.filter((a) => a.refusal === null).map((a) => a.name), reasons };
}

function assertAgrees(object: unknown, { takers, reasons }: Expected, decision: Decision): void {
  const pod = JSON.stringify(object);
  if ('node' in decision)
    assert.ok(takers.includes(decision.node), `${decision.node} takes ${pod}, not ${takers.join(', ')}`);
  else {
    assert.deepEqual(takers, [], `${decision.refused}: ${pod}`);
    assert.deepEqual(reasons, countReasons(decision.refused), `${decision.refused}: ${pod}`);
  }
}

export async function deletePod({ admin }: RemedyScene, name: string): Promise<void> {
  const path = kubePath.pod('default', name);
  const { metadata } = objectOf<{ metadata: { uid: string } }>(await admin.get(path, LIMITS));
  await admin.delete(path, { preconditions: { uid: metadata.uid }, gracePeriodSeconds: 0 }, LIMITS);
  for (let i = 0; i < 100; i++) {
    const answer = await admin.get(path, LIMITS);
    if (answer.outcome === 'ok' && answer.value.status === 404) return;
    await sleep(20);
  }
}
