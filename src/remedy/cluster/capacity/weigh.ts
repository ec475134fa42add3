import type { PodRef } from '../../act.ts';
import type { ClusterPod } from '../objects/pod.ts';
import type { Offer } from './offers.ts';
import type { Simulation } from './simulate.ts';
import type { World } from './world.ts';

export interface WeighedOffer extends Offer {
  /** Pods that find a place by it. */
  readonly places: readonly PodRef[];
  /** Pods that do not, even so. */
  readonly leaves: readonly PodRef[];
}

/** Nodes opened together: more than that is no plan for one node. */
const MOST_TOGETHER = 3;

/** What each offer would do for the pods that have no place yet; the best first. */
export function weighOffers(world: World, from: Simulation): readonly WeighedOffer[] {
  return tried(world, from).map(({ offer }) => offer);
}

/** The fewest offers, one after another, that together leave the least without a place. */
export function combineOffers(world: World, from: Simulation): readonly WeighedOffer[] {
  const taken: WeighedOffer[] = [];
  let state = from;
  while (taken.length < MOST_TOGETHER) {
    const [best] = tried(world, state);
    if (best === undefined) break;
    taken.push(best.offer);
    state = best.after;
  }
  return taken;
}

function tried(
  world: World,
  from: Simulation,
): readonly { readonly offer: WeighedOffer; readonly after: Simulation }[] {
  const lacking = lackingIn(world, from);
  if (lacking.length === 0) return [];
  const weighed = world.offers.map((offer) => {
    const after = world.goOn(from, offer.node);
    const left = lackingIn(world, after);
    const uids = new Set(left.map((p) => p.uid));
    const places = lacking.filter((p) => !uids.has(p.uid)).map(refOf);
    return { offer: { ...offer, places, leaves: left.map(refOf) }, after };
  });
  return weighed
    .filter(({ offer }) => offer.places.length > 0)
    .toSorted((a, b) => a.offer.leaves.length - b.offer.leaves.length || COST[a.offer.kind] - COST[b.offer.kind]);
}

/** Of two that do the same, the one that disturbs less. */
const COST: Readonly<Record<Offer['kind'], number>> = {
  uncordon: 0,
  'open-control-plane': 1,
  'uncordon-control-plane': 2,
};

function lackingIn(world: World, { unplaced }: Simulation): readonly ClusterPod[] {
  return unplaced.map(({ pod }) => pod).filter((pod) => world.isOurs(pod));
}

export function refOf({ namespace, name, uid }: PodRef): PodRef {
  return { namespace, name, uid };
}
