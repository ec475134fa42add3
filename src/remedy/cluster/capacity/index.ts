import type { Text } from '../../../text/text.ts';
import type { PodRef } from '../../act.ts';
import type { ClusterContext, ContextPart } from '../context.ts';
import type { ClusterPod } from '../objects/pod.ts';
import { type HeldByBudget, heldByBudgets } from './budgets.ts';
import { type NodeRefusal, refusalText } from './refusal.ts';
import type { Unplaced } from './simulate.ts';
import { combineOffers, refOf, type WeighedOffer, weighOffers } from './weigh.ts';
import { isByDefault, worldOf } from './world.ts';

/** Whether the pods of a node have somewhere to go. */
export interface Capacity {
  readonly fits: readonly { readonly pod: PodRef; readonly node: string }[];
  readonly unplaced: readonly UnplacedPod[];
  /** They would all fit if packed well; the scheduler spreads, and may not find that. */
  readonly fitsPacked: boolean;
  /** Nothing makes them anew elsewhere: a drain ends them for good. */
  readonly notRecreated: readonly PodRef[];
  /** Placed by another scheduler, whose rules are not known here. */
  readonly otherScheduler: readonly PodRef[];
  /** Spare room, each offer by itself; the best first. */
  readonly offers: readonly WeighedOffer[];
  /** The fewest offers, in order, that together leave the least without a place. */
  readonly together: readonly WeighedOffer[];
  readonly budgets: readonly HeldByBudget[];
  /** What the answer would rest on and that could not be read. */
  readonly unknown: readonly Text[];
}

interface UnplacedPod {
  readonly pod: PodRef;
  /** Per reason, how many of the other nodes refuse for it; the most first. */
  readonly refusals: readonly (NodeRefusal & { readonly nodes: number; readonly text: Text })[];
  /** Pods of lower priority run elsewhere: the scheduler may end some of them to make room. */
  readonly mayPreempt: boolean;
}

/**
 * Simulates the scheduling of a node's pods on the other nodes, as if all left at once. Pods that wait for a place now
 * are placed too, for they compete.
 */
export function capacityWithout(context: ClusterContext, node: string): Capacity {
  const world = worldOf(context, node);
  const plain = world.run();
  const unplaced = plain.unplaced.filter(({ pod }) => world.isOurs(pod));
  const packed = unplaced.length === 0 ? plain : world.run(true);
  const lacksNothing = !packed.unplaced.some(({ pod }) => world.isOurs(pod));
  return {
    fits: plain.placed
      .filter(({ pod }) => world.isOurs(pod))
      .map((placed) => ({ pod: refOf(placed.pod), node: placed.node })),
    unplaced: unplaced.map((u) => told(u, context.pods)),
    fitsPacked: lacksNothing,
    notRecreated: world.leaving.filter((pod) => pod.owner === null).map(refOf),
    otherScheduler: world.leaving.filter((pod) => pod.owner !== null && !isByDefault(pod)).map(refOf),
    offers: weighOffers(world, plain),
    together: combineOffers(world, plain),
    budgets: heldByBudgets(world.leaving, context.budgets),
    unknown: unknownOf(context),
  };
}

function told({ pod, refusals }: Unplaced, pods: readonly ClusterPod[]): UnplacedPod {
  return {
    pod: refOf(pod),
    refusals: refusals.map((r) => ({ ...r, text: refusalText(r, r.nodes) })),
    mayPreempt: pods.some((p) => p.node !== '' && p.node !== pod.node && p.priority < pod.priority),
  };
}

const RESTS_ON: readonly ContextPart[] = ['nodes', 'pods', 'budgets', 'claims', 'volumes'];

function unknownOf({ missing }: ClusterContext): readonly Text[] {
  return missing
    .filter(({ part }) => RESTS_ON.includes(part))
    .map(({ right, detail }) => ({ en: `not read: ${right} (${detail})`, zh: `未能读取：${right}（${detail}）` }));
}
