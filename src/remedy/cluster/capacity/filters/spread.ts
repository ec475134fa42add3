import type { ClusterPod } from '../../objects/pod.ts';
import type { Spread } from '../../objects/pod-needs.ts';
import { selects } from '../../objects/selector.ts';
import type { Place } from '../place.ts';
import type { Filter } from '../refusal.ts';
import { isNodeMatched, untolerated } from './node-itself.ts';

/**
 * Topology spread constraints that must hold. A node that is cordoned or tainted counts as a domain that could take the
 * pod all the same, unless the constraint says otherwise: an emptied node can so keep a pod from all others.
 * Source: plugins/podtopologyspread/filtering.go and common.go @ v1.20.2 and master.
 */
export function spreadEvenly(pod: ClusterPod, places: readonly Place[]): Filter {
  const { spread } = pod.needs;
  const counted = places.filter(({ node }) => spread.every((c) => node.labels[c.topologyKey] !== undefined));
  const counts = spread.map((constraint) => countDomains(pod, constraint, counted));
  return ({ node }) => {
    const broken = spread.find((constraint, i) => {
      const own = node.labels[constraint.topologyKey];
      return own === undefined || skew(pod, constraint, counts[i] ?? new Map(), own) > constraint.maxSkew;
    });
    return broken === undefined ? null : { reason: 'topology-spread', detail: broken.topologyKey };
  };
}

/** Pods that match, by domain; those being deleted do not count. */
function countDomains(pod: ClusterPod, constraint: Spread, places: readonly Place[]): ReadonlyMap<string, number> {
  const { needs, namespace } = pod;
  const { topologyKey, selector, honorsAffinity, honorsTaints } = constraint;
  const counts = new Map<string, number>();
  for (const { node, pods } of places) {
    const domain = node.labels[topologyKey];
    const isOut =
      (honorsAffinity && !isNodeMatched(needs, node)) ||
      (honorsTaints && untolerated(node, needs.tolerations) !== null);
    if (domain === undefined || isOut) continue;
    const matching = pods.filter(
      (p) => p.namespace === namespace && p.deletionRequestedAt === null && selects(selector, p.labels),
    );
    counts.set(domain, (counts.get(domain) ?? 0) + matching.length);
  }
  return counts;
}

function skew(pod: ClusterPod, constraint: Spread, counts: ReadonlyMap<string, number>, domain: string): number {
  const self = selects(constraint.selector, pod.labels) ? 1 : 0;
  // Without any domain that counts, the scheduler's minimum is the largest number there is: nothing is uneven.
  const least = counts.size < constraint.minDomains ? 0 : Math.min(...counts.values());
  return (counts.get(domain) ?? 0) + self - least;
}
