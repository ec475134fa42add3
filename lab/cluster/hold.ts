import type { Lab } from '../lab.ts';
import type { Where } from '../notready-cli.ts';
import type { UndoFailure } from '../undo.ts';
import { sleep } from '../wait.ts';
import type { Cluster } from './cluster.ts';
import { judgeAll, ofFlaps } from './flaps.ts';
import type { Held } from './held.ts';
import * as say from './hold-texts.ts';
import { deletePods } from './pods.ts';
import type { ClusterScenario, ClusterStaged, Flaps } from './scenario.ts';
import { type HoldOptions, Scene } from './scene.ts';
import type { Timing } from './timing.ts';

export type { Held, HeldLook } from './held.ts';
export type { HoldOptions, Look } from './scene.ts';

/** The kubelet's runtime call in flight and its next, the way to a container's first crash, and room for a busy machine. */
const READY_MS = 150_000;

/** After which a relist that is held up waits for the fault: the neighbour's next crash has come by then. */
const RELIST_MEETS_IT_MS = 45_000;

/**
 * Makes a scenario on a cluster whose node is Ready, waits until its Ready is what the truth says, diagnoses it by the
 * command line alone, and takes it back until the node is Ready again: the next one finds the cluster healthy.
 * @throws LabError where the fault cannot be made, or the node does not become what it must
 */
export async function hold(
  cluster: Cluster,
  lab: Lab,
  scenario: ClusterScenario,
  options: HoldOptions = {},
): Promise<Held> {
  const calm: Where = { endpoints: [cluster.runtime.endpoint] };
  const scene = await Scene.open(cluster, scenario, options);
  try {
    await scene.letSee({ name: 'before', staged: calm, ready: 'True' });
    const made = await holdWhileThere(scene, lab);
    await scene.letSee({ name: 'after', staged: calm, ready: 'True' });
    return made;
  } finally {
    await scene.close();
  }
}

/** Makes a scenario, waits until its Ready is what the truth says, and leaves it so; what becomes of Ready is told on. */
export async function stage(
  cluster: Cluster,
  lab: Lab,
  scenario: ClusterScenario,
  options: HoldOptions & { readonly diagnose: boolean },
): Promise<ClusterStaged> {
  const scene = await Scene.open(cluster, scenario, options);
  try {
    const staged = await inject(scene, lab);
    if (scenario.truth.flaps === undefined) await scene.untilReady(scenario.truth.ready, readyMs(cluster.timing));
    if (options.diagnose) await scene.diagnose('during', staged);
    return staged;
  } catch (error) {
    await scene.close();
    throw error;
  }
}

async function holdWhileThere(scene: Scene, lab: Lab): Promise<Held> {
  const { scenario, cluster, looks } = scene;
  const mark = lab.workspace.journal.mark();
  let staged: ClusterStaged | null = null;
  let notUndone: UndoFailure[] = [];
  let endedAt = Date.now();
  try {
    staged = await inject(scene, lab);
    const { flaps, ready } = scenario.truth;
    if (flaps === undefined) {
      await scene.untilReady(ready, readyMs(cluster.timing));
      await scene.diagnose('during', staged);
    } else await lookThroughFlaps(scene, staged, flaps);
    endedAt = Date.now();
  } finally {
    notUndone = await takeBack(scene, lab, mark, staged);
  }
  const turns = scene.turns.filter((t) => t.at <= endedAt);
  const forecasts = judgeAll(looks, turns, endedAt);
  const ofLooks = looks.flatMap(({ name, wrong }) => wrong.map((w) => (looks.length > 1 ? `${name}: ${w}` : w)));
  const wrong = [...ofLooks, ...ofFlaps(scenario.truth, looks, turns, forecasts)];
  return { looks, turns, forecasts, wrong, notUndone };
}

async function inject(scene: Scene, lab: Lab): Promise<ClusterStaged> {
  const staged = await scene.wait(say.MAKING, scene.scenario.inject(scene.cluster, lab));
  scene.timeline.tell(say.faultIsThere(staged.look));
  return staged;
}

/** Looks once before Ready is lost, then each time that it is lost and that it comes back. */
async function lookThroughFlaps(scene: Scene, staged: ClusterStaged, flaps: Flaps): Promise<void> {
  // The relist that meets the fault may take half of the first period before the one that takes Ready away begins.
  const patience = (2 * flaps.periodSeconds + 60) * 1000;
  await scene.wait(say.UNTIL_RELIST, sleep(RELIST_MEETS_IT_MS));
  await scene.diagnose('during', staged);
  for (let n = 1; n <= flaps.losses; n += 1) {
    await scene.untilReady('False', patience);
    await scene.diagnose(`not-ready-${n}`, staged);
    await scene.untilReady('True', patience);
    await scene.diagnose(`ready-${n}`, staged);
  }
}

/** Takes a scenario back and waits until the node is Ready. @returns what could not be taken back */
async function takeBack(scene: Scene, lab: Lab, mark: number, staged: ClusterStaged | null): Promise<UndoFailure[]> {
  const { cluster } = scene;
  scene.timeline.tell(say.TAKING_BACK);
  const notUndone = lab.undoSince(mark);
  const heal = async (): Promise<void> => {
    await staged?.heal?.();
    await deletePods(cluster);
  };
  await scene.wait(say.TAKING_BACK, heal());
  await scene.untilReady('True', readyMs(cluster.timing));
  scene.timeline.tell(say.IS_TAKEN_BACK);
  return notUndone;
}

/** A pressure that is over is told of for as long again; a lease that nobody renews runs out first. */
function readyMs(timing: Timing): number {
  return READY_MS + (timing.monitorGracePeriod + timing.pressureTransition) * 1000;
}
