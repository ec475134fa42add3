import type { ClusterPod } from '../../objects/pod.ts';
import type { Place } from '../place.ts';
import type { Filter, NodeRefusal } from '../refusal.ts';
import { nearPods } from './near-pods.ts';
import { nodeAffine, notCordoned, taintsTolerated } from './node-itself.ts';
import { portsFree, resourcesLeft } from './room.ts';
import { spreadEvenly } from './spread.ts';
import { type Storage, volumesUsable } from './volumes.ts';

/**
 * What the scheduler asks of a node, in its order: the first that refuses is its reason.
 * Source: algorithmprovider/registry.go @ v1.20.2, Filter; apis/config/v1/default_plugins.go @ master.
 */
export function filterFor(pod: ClusterPod, places: readonly Place[], storage: Storage): Filter {
  const filters = [
    notCordoned(pod),
    taintsTolerated(pod),
    nodeAffine(pod),
    portsFree(pod),
    resourcesLeft(pod),
    volumesUsable(pod, storage),
    spreadEvenly(pod, places),
    nearPods(pod, places),
  ];
  return (place): NodeRefusal | null => {
    for (const filter of filters) {
      const refusal = filter(place);
      if (refusal !== null) return refusal;
    }
    return null;
  };
}
