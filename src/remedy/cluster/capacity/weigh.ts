import type { PodRef } from '../../act.ts';
import type { ClusterPod } from '../objects/pod.ts';
import type { Offer } from './offers.ts';
import type { World } from './world.ts';

export interface WeighedOffer extends Offer {
  /** Pods that find a place by it. */
  readonly places: readonly PodRef[];
  /** Pods that do not, even so. */
  readonly leaves: readonly PodRef[];
}

/** Nodes opened together: more than that is no plan for one node. */
const MOST_TOGETHER = 3;

/** What each offer would do for the pods that have no place, beside those that are taken; the best first. */
export function weighOffers(world: World, taken: readonly string[]): readonly WeighedOffer[] {
  const lacking = lackingWith(world, taken);
  if (lacking.length === 0) return [];
  const weighed = world.offers
    .filter(({ node }) => !taken.includes(node))
    .map((offer) => {
      const left = lackingWith(world, [...taken, offer.node]);
      const uids = new Set(left.map((p) => p.uid));
      return { ...offer, places: lacking.filter((p) => !uids.has(p.uid)).map(refOf), leaves: left.map(refOf) };
    });
  return weighed
    .filter(({ leaves }) => leaves.length < lacking.length)
    .toSorted((a, b) => a.leaves.length - b.leaves.length || COST[a.kind] - COST[b.kind]);
}

/** The fewest offers, one after another, that together leave the least without a place. */
export function combineOffers(world: World): readonly WeighedOffer[] {
  const taken: WeighedOffer[] = [];
  while (taken.length < MOST_TOGETHER) {
    const [best] = weighOffers(
      world,
      taken.map((o) => o.node),
    );
    if (best === undefined) break;
    taken.push(best);
  }
  return taken;
}

/** Of two that do the same, the one that disturbs less. */
const COST: Readonly<Record<Offer['kind'], number>> = {
  uncordon: 0,
  'open-control-plane': 1,
  'uncordon-control-plane': 2,
};

function lackingWith(world: World, open: readonly string[]): readonly ClusterPod[] {
  return world
    .run({ open })
    .unplaced.map(({ pod }) => pod)
    .filter(world.isOurs);
}

export function refOf({ namespace, name, uid }: PodRef): PodRef {
  return { namespace, name, uid };
}
