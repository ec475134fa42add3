import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { stopProcess } from '../../../lab/faults/stop-process.ts';
import type { Lab } from '../../../lab/lab.ts';
import type { DrainConsent } from '../../../src/remedy/act.ts';
import { createClusterActor } from '../../../src/remedy/cluster/index.ts';
import type { Outcome } from '../../../src/remedy/outcome.ts';
import { actAsKubelet, podsOn } from './fake-kubelet.ts';
import type { RemedyScene } from './scene.ts';
import { WORKLOADS } from './workloads.ts';

const NODE = 'emptied';
const NONE: DrainConsent = { emptyDir: false, unmanaged: false };
const ALL: DrainConsent = { emptyDir: true, unmanaged: true };
const PODS = 12;
/** Longer than a call of the actor may take. */
const CALL_MS = 2000;
const HANG_MS = 3500;

/** Every workload on the node, Ready as far as the disruption controller sees. */
export async function deployWorkloads(scene: RemedyScene): Promise<void> {
  await scene.cluster.kubectl.apply(WORKLOADS);
  for (let i = 0; i < 100; i++) {
    const pods = await podsOn(scene, NODE);
    if (pods.length >= PODS && pods.every((p) => p.status.phase === 'Running')) return sleep(1000);
    await actAsKubelet(scene, NODE);
    await sleep(100);
  }
  assert.fail(`${(await names(scene)).join(', ')} are not all there`);
}

export function actorOf(scene: RemedyScene, user: string | null) {
  const client = user === null ? scene.admin : scene.as(user);
  return createClusterActor(client, { callTimeoutMs: CALL_MS, now: Date.now, hungContainers: new Set() });
}

interface Told {
  readonly outcome: Outcome;
  readonly progress: readonly string[];
}

/** Drains while a kubelet does its part. */
async function drain(
  scene: RemedyScene,
  user: string | null,
  consent: DrainConsent,
  deadlineMs: number,
): Promise<Told> {
  const progress: string[] = [];
  const over = new AbortController();
  const kubelet = (async () => {
    while (!over.signal.aborted) {
      await actAsKubelet(scene, NODE);
      await sleep(200);
    }
  })();
  const act = { kind: 'drain', node: NODE, consent, deadlineMs } as const;
  const onProgress = (text: { en: string }) => void progress.push(text.en);
  const outcome = await actorOf(scene, user).perform(act, { signal: over.signal, deadlineMs, onProgress });
  over.abort();
  await kubelet;
  return { outcome, progress };
}

async function names(scene: RemedyScene): Promise<readonly string[]> {
  return (await podsOn(scene, NODE)).map((p) => p.metadata.labels?.app ?? p.metadata.name).toSorted();
}

export async function refusesWithoutConsent(scene: RemedyScene, user: string | null): Promise<void> {
  const before = await names(scene);
  const open = await drain(scene, user, ALL, 5000);
  assert.equal(open.outcome.status, 'refused');
  assert.match(open.outcome.text.en, /not cordoned/);
  const signal = AbortSignal.timeout(5000);
  const cordon = await actorOf(scene, user).perform({ kind: 'cordon', node: NODE }, { signal, deadlineMs: 5000 });
  assert.equal(cordon.status, 'done', cordon.text.en);
  const { outcome } = await drain(scene, user, NONE, 5000);
  assert.equal(outcome.status, 'refused');
  assert.match(
    outcome.text.en,
    /lose an emptyDir: default\/scratch; would come back nowhere: default\/alone, default\/scratch/,
  );
  assert.deepEqual(await names(scene), before);
}

export async function saysWhatIsStuck(scene: RemedyScene, user: string | null): Promise<void> {
  const { outcome, progress } = await drain(scene, user, ALL, 10_000);
  assert.equal(outcome.status, 'timed-out', outcome.text.en);
  const stuck = Object.fromEntries(
    outcome.stuck?.map((s) => [s.pod.name.replace(/-[a-z0-9]+-[a-z0-9]+$/, ''), s]) ?? [],
  );
  const reasons = Object.fromEntries(Object.entries(stuck).map(([name, s]) => [name, s.reason]));
  assert.deepEqual(reasons, {
    turns: 'budget-exhausted',
    'db-0': 'budget-exhausted',
    twice: 'several-budgets',
    kept: 'finalizer',
    stays: 'grace-period',
    guarded: 'webhook-failed',
  });
  assert.match(stuck.turns?.why.en ?? '', /^budget turns allows no disruption now: 1 of 2 pods healthy, 1 needed$/);
  assert.match(stuck['db-0']?.next.en ?? '', /as many pods as there are/);
  assert.match(stuck.kept?.why.en ?? '', /example\.com\/clean-up/);
  assert.match(stuck.guarded?.why.en ?? '', /drains\.example\.com/);
  assert.ok(progress.some((line) => /^default\/free-\S+ is gone$/.test(line)));
}

/** What held the pods is taken away, and the same act asked for again; amid it the API server hangs. */
export async function goesOnWhereItWas(scene: RemedyScene, user: string | null, lab: Lab): Promise<void> {
  const { kubectl } = scene.cluster;
  await kubectl.do('delete', 'pdb', '--all');
  await kubectl.do('delete', 'validatingwebhookconfiguration', 'nobody-there');
  const pods = await podsOn(scene, NODE);
  const ofApp = (app: string) => pods.find((p) => p.metadata.labels?.app === app)?.metadata.name ?? '';
  await kubectl.do('patch', 'pod', ofApp('kept'), '--type=merge', '-p', '{"metadata":{"finalizers":null}}');
  await kubectl.do('delete', 'pod', ofApp('stays'), '--force', '--grace-period=0');
  const apiServer = scene.cluster.controlPlane.apiServer.id;
  const hang = sleep(500).then(async () => {
    const resume = await stopProcess(lab.workspace, apiServer);
    await sleep(HANG_MS);
    resume();
  });
  const { outcome } = await drain(scene, user, ALL, 25_000);
  await hang;
  assert.equal(outcome.status, 'done', outcome.text.en);
  assert.deepEqual(await names(scene), ['agent', 'static-emptied']);
  const again = await drain(scene, user, ALL, 5000);
  assert.equal(again.outcome.status, 'done');
}
