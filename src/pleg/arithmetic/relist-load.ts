import type { RelistRules } from './rules.ts';

/** A node at work; times are ms. */
export interface NodeLoad {
  readonly pods: number;
  readonly containersPerPod: number;
  /** Changes of containers, over the whole node. */
  readonly changesPerMs: number;
  /** What one call to the runtime takes, on average. */
  readonly callMs: number;
  /** What timed-out calls add to each relist. */
  readonly hungMs: number;
}

/** Lists of sandboxes and of containers, as every look at all pods and every look at one begins. */
const LISTS = 2;
const ROUNDS = 1000;
const SETTLED_MS = 0.5;

/** One inspection of a pod: two lists, its sandbox, its containers. Source: GetPodStatus, kuberuntime_manager.go @ v1.20.2. */
export function callsPerInspection(containersPerPod: number): number {
  return LISTS + 1 + containersPerPod;
}

/**
 * How long relists take once they have settled. A relist inspects the pods that changed since the last one began, one
 * after the other. Changes come at a rate r and hit pods at random, so that in a cycle of C = T + p
 *
 *     inspected pods = n x (1 - e^(-r C / n)),   T = lists + hung + inspected pods x calls x call time
 *
 * T stands on both sides; it grows from 0 to the first value that satisfies both, as the relists of a node do.
 */
export function settledRelistMs(load: NodeLoad, { periodMs }: Pick<RelistRules, 'periodMs'>): number {
  const { pods, changesPerMs, callMs, hungMs } = load;
  const inspectionMs = callsPerInspection(load.containersPerPod) * callMs;
  let takes = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const changed = pods === 0 ? 0 : pods * -Math.expm1((-changesPerMs * (takes + periodMs)) / pods);
    const next = LISTS * callMs + hungMs + changed * inspectionMs;
    if (next - takes < SETTLED_MS) return next;
    takes = next;
  }
  return takes;
}

/** More than a node could have: where even these do not pass the threshold, none do. */
const MOST_PODS = 10_000;

/**
 * The fewest pods with which settled relists pass the threshold, every pod changing as often as it does in `load`; 0
 * where timed-out calls alone do it, null where none do. T grows with the pods, so it is found by halving.
 */
export function podsAtThreshold(load: NodeLoad, rules: RelistRules): number | null {
  const rate = load.pods === 0 ? 0 : load.changesPerMs / load.pods;
  const passes = (pods: number) =>
    settledRelistMs({ ...load, pods, changesPerMs: rate * pods }, rules) + rules.periodMs > rules.thresholdMs;
  if (passes(0)) return 0;
  if (!passes(MOST_PODS)) return null;
  let [below, above] = [0, MOST_PODS];
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (passes(middle)) above = middle;
    else below = middle;
  }
  return above;
}

/** The fewest pods with which a relist that inspects them all passes the threshold, as the first of a kubelet does; null where none do. */
export function podsAtThresholdAtStart(callMs: number, callsPerPod: number, rules: RelistRules): number | null {
  if (callMs === 0) return null;
  const room = rules.thresholdMs - rules.periodMs - LISTS * callMs;
  const pods = Math.max(0, Math.floor(room / (callsPerPod * callMs)) + 1);
  return pods > MOST_PODS ? null : pods;
}
