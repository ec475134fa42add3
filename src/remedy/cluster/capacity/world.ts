import type { DrainConsent } from '../../act.ts';
import type { ClusterContext } from '../context.ts';
import { sortPods } from '../drain/sort-pods.ts';
import { type ClusterPod, isFinished } from '../objects/pod.ts';
import { type Offer, offerOf, opened } from './offers.ts';
import { placesOf } from './place.ts';
import { emptiest, fullest, type Simulation, simulate } from './simulate.ts';

/** A cluster without the pods that a drain takes from one of its nodes, to try things in. */
export interface World {
  readonly offers: readonly Offer[];
  /** What a drain takes from the node. */
  readonly leaving: readonly ClusterPod[];
  /** Whether a pod is one of them that somebody makes anew, for the scheduler to place. */
  readonly isOurs: (pod: ClusterPod) => boolean;
  /** Everything that is to be placed. @param packed the largest first, each onto the fullest node that takes it */
  readonly run: (packed?: boolean) => Simulation;
  /** What is still without a place, once a node is opened. */
  readonly goOn: (from: Simulation, open: string) => Simulation;
}

/** Nodes that are weighed as offers, to stay quick on large clusters. */
const MOST_OFFERS = 20;

/** What a drain would be agreed to does not matter to whether its pods have a place. */
const ALL: DrainConsent = { emptyDir: true, unmanaged: true };

export function worldOf({ nodes, pods, claims, volumes }: ClusterContext, node: string): World {
  const here = pods.filter((pod) => pod.node === node);
  const leaving = sortPods(here, ALL, new Set()).evict.filter((pod) => !isFinished(pod));
  const ours = leaving.filter((pod) => pod.owner !== null && isByDefault(pod) && isMadeAnew(pod));
  const [gone, own] = [new Set(leaving.map((p) => p.uid)), new Set(ours.map((p) => p.uid))];
  // They have waited longer than what comes, and compete with it.
  const waiting = pods.filter((pod) => pod.node === '' && pod.deletionRequestedAt === null && isByDefault(pod));
  const places = placesOf(
    nodes,
    pods.filter((pod) => !gone.has(pod.uid)),
  );
  const storage = { claims, volumes };
  return {
    offers: nodes
      .filter((n) => n.name !== node)
      .map(offerOf)
      .filter((offer) => offer !== null)
      .slice(0, MOST_OFFERS),
    leaving,
    isOurs: ({ uid }) => own.has(uid),
    run: (isPacked = false) => {
      const queue = [...waiting, ...(isPacked ? ours.toSorted((a, b) => size(b) - size(a)) : ours)];
      return simulate(places, queue, storage, node, isPacked ? fullest : emptiest);
    },
    goOn: (from, open) => {
      const changed = from.places.map((p) => (p.node.name === open ? { ...p, node: opened(p.node) } : p));
      return simulate(
        changed,
        from.unplaced.map(({ pod }) => pod),
        storage,
        node,
        emptiest,
      );
    },
  };
}

/**
 * Whether its controller makes another one only now. A ReplicaSet has replaced a pod that is being deleted already
 * (pkg/controller/controller_utils.go, FilterActivePods); a StatefulSet waits until it is gone.
 */
function isMadeAnew({ deletionRequestedAt, owner }: ClusterPod): boolean {
  return deletionRequestedAt === null || owner?.kind === 'StatefulSet';
}

export function isByDefault({ needs }: ClusterPod): boolean {
  return needs.scheduler === 'default-scheduler';
}

/** Cores, and 4 GiB as one. */
function size({ needs }: ClusterPod): number {
  return (needs.requests.cpu ?? 0) / 1000 + (needs.requests.memory ?? 0) / 2 ** 32;
}
