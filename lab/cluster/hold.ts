import { differences } from '../compare.ts';
import type { Lab } from '../lab.ts';
import { type Diagnosed, diagnose } from '../notready-cli.ts';
import type { UndoFailure } from '../undo.ts';
import { type Cluster, untilReady } from './cluster.ts';
import { deletePods } from './pods.ts';
import type { ClusterScenario, ClusterStaged, ClusterTruth } from './scenario.ts';

/** The kubelet asks its runtime once more in vain before it says so: two times runtimeRequestTimeout at most. */
const READY_MS = 150_000;

/** What came of a scenario. */
export interface Held {
  readonly diagnosed: Diagnosed;
  /** In what the diagnosis differs from the truth; empty when it is right. */
  readonly wrong: readonly string[];
  readonly notUndone: readonly UndoFailure[];
}

/**
 * Makes a scenario on a cluster whose node is Ready, waits until its Ready is what the truth says, diagnoses it by the
 * command line alone, and takes it back until the node is Ready again: the next one finds the cluster healthy.
 * @throws LabError where the fault cannot be made, or the node does not become what it must
 */
export async function hold(cluster: Cluster, lab: Lab, scenario: ClusterScenario): Promise<Held> {
  const mark = lab.workspace.journal.mark();
  let staged: ClusterStaged | null = null;
  let notUndone: UndoFailure[] = [];
  let diagnosed: Diagnosed;
  try {
    staged = await scenario.inject(cluster, lab);
    await untilReady(cluster, scenario.truth.ready, READY_MS);
    diagnosed = await diagnose(staged);
  } finally {
    notUndone = lab.undoSince(mark);
    await staged?.heal?.();
    await deletePods(cluster);
    await untilReady(cluster, 'True', READY_MS);
  }
  const wrong = [...differences(scenario.truth, staged, diagnosed), ...ofTrigger(scenario.truth, diagnosed)];
  return { diagnosed, wrong, notUndone };
}

function ofTrigger({ trigger }: ClusterTruth, { json }: Diagnosed): string[] {
  const named = json.verdict?.trigger?.kind;
  return trigger === undefined || named === trigger ? [] : [`trigger ${named ?? 'none'}, not ${trigger}`];
}
