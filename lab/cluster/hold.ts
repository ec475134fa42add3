import type { Text } from '../../src/text/text.ts';
import { differences } from '../compare.ts';
import type { Lab } from '../lab.ts';
import { type Diagnosed, diagnose, type Where } from '../notready-cli.ts';
import type { UndoFailure } from '../undo.ts';
import { type Cluster, untilReady } from './cluster.ts';
import { deletePods } from './pods.ts';
import type { ClusterScenario, ClusterStaged, ClusterTruth, ReadyStatus } from './scenario.ts';

/** The kubelet asks its runtime once more in vain before it says so: two times runtimeRequestTimeout at most. */
const READY_MS = 150_000;

/** A moment at which the node is looked at. */
export interface Look {
  /** `before` the fault, `during` it, `not-ready-1`, `ready-1` ... where Ready comes and goes, `after` it. */
  readonly name: string;
  /** Where to look, as `notready` is told. */
  readonly staged: Where;
  readonly ready: ReadyStatus | null;
}

export interface HoldOptions {
  /** Called on the calm node, after each diagnosis, and when the node is Ready again. The scenario waits for it. */
  readonly onLook?: (look: Look) => Promise<void>;
  /** Told how it goes. */
  readonly print?: (text: Text) => void;
}

/** A look at which the node was diagnosed. */
export interface HeldLook {
  readonly name: string;
  readonly ready: ReadyStatus | null;
  /** When it began, Unix ms. */
  readonly at: number;
  readonly diagnosed: Diagnosed;
  /** In what the diagnosis differs from the truth; empty when it is right. */
  readonly wrong: readonly string[];
}

/** What came of a scenario. */
export interface Held {
  readonly looks: readonly HeldLook[];
  /** In what any of it differs from the truth; empty when all is right. */
  readonly wrong: readonly string[];
  readonly notUndone: readonly UndoFailure[];
}

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
  const { onLook = async () => undefined } = options;
  const calm: Where = { endpoints: [cluster.runtime.endpoint] };
  const mark = lab.workspace.journal.mark();
  let staged: ClusterStaged | null = null;
  let notUndone: UndoFailure[] = [];
  const looks: HeldLook[] = [];
  await onLook({ name: 'before', staged: calm, ready: 'True' });
  try {
    staged = await scenario.inject(cluster, lab);
    await untilReady(cluster, scenario.truth.ready, READY_MS);
    looks.push(await look('during', scenario, staged));
    await onLook({ name: 'during', staged, ready: scenario.truth.ready });
  } finally {
    notUndone = lab.undoSince(mark);
    await staged?.heal?.();
    await deletePods(cluster);
    await untilReady(cluster, 'True', READY_MS);
  }
  await onLook({ name: 'after', staged: calm, ready: 'True' });
  return { looks, wrong: looks.flatMap((l) => l.wrong), notUndone };
}

async function look(name: string, { truth }: ClusterScenario, staged: ClusterStaged): Promise<HeldLook> {
  const at = Date.now();
  const diagnosed = await diagnose(staged);
  const wrong = [...differences(truth, staged, diagnosed), ...ofTrigger(truth, diagnosed)];
  return { name, ready: truth.ready, at, diagnosed, wrong };
}

function ofTrigger({ trigger }: ClusterTruth, { json }: Diagnosed): string[] {
  const named = json.verdict?.trigger?.kind;
  return trigger === undefined || named === trigger ? [] : [`trigger ${named ?? 'none'}, not ${trigger}`];
}
