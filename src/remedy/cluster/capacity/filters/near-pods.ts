import type { ClusterPod } from '../../objects/pod.ts';
import type { PodTerm } from '../../objects/pod-needs.ts';
import { type Selector, selects } from '../../objects/selector.ts';
import type { Place } from '../place.ts';
import type { Filter } from '../refusal.ts';

/** `key` and value of a topology, as one. */
type Domain = string;

/**
 * Required pod affinity and anti-affinity, and the anti-affinity of the pods that are there.
 * Source: plugins/interpodaffinity/filtering.go @ v1.20.2 and master.
 */
export function nearPods(pod: ClusterPod, places: readonly Place[]): Filter {
  const { affinity, antiAffinity } = pod.needs;
  const wanted = domainsOf(places, affinity, (other) => affinity.every((term) => means(term, pod, other)));
  const unwanted = antiAffinity.map((term) => domainsOf(places, [term], (other) => means(term, pod, other)));
  const closed = closedBy(pod, places);
  // The first of a set that wants to be near its own kind may go anywhere.
  const isFirst = affinity.length > 0 && wanted.size === 0 && affinity.every((term) => means(term, pod, pod));

  return ({ node }) => {
    const domain = (key: string) => domainOf(key, node.labels);
    const lacking = affinity.find(({ topologyKey }) => {
      const own = domain(topologyKey);
      return own === null || !(wanted.has(own) || isFirst);
    });
    if (lacking !== undefined) return { reason: 'pod-affinity', detail: lacking.topologyKey };
    const hit = antiAffinity.find(({ topologyKey }, i) => unwanted[i]?.has(domain(topologyKey) ?? ''));
    if (hit !== undefined) return { reason: 'pod-anti-affinity', detail: hit.topologyKey };
    const others = [...closed].find(([own, key]) => own === domain(key));
    return others === undefined ? null : { reason: 'others-anti-affinity', detail: others[1] };
  };
}

/** The domains of each term's topology that hold a pod which is meant. */
function domainsOf(
  places: readonly Place[],
  terms: readonly PodTerm[],
  isMeant: (other: ClusterPod) => boolean,
): ReadonlySet<Domain> {
  if (terms.length === 0) return new Set();
  const holding = places.filter(({ pods }) => pods.some(isMeant));
  return new Set(
    holding.flatMap(({ node }) =>
      terms.map(({ topologyKey }) => domainOf(topologyKey, node.labels)).filter((d) => d !== null),
    ),
  );
}

/** Domains that pods there keep this one off, with the key of each. */
function closedBy(pod: ClusterPod, places: readonly Place[]): ReadonlyMap<Domain, string> {
  const closed = new Map<Domain, string>();
  for (const { node, shunning } of places) {
    for (const other of shunning) {
      for (const term of other.needs.antiAffinity) {
        const domain = means(term, other, pod) ? domainOf(term.topologyKey, node.labels) : null;
        if (domain !== null) closed.set(domain, term.topologyKey);
      }
    }
  }
  return closed;
}

function domainOf(key: string, labels: Readonly<Record<string, string>>): Domain | null {
  const value = labels[key];
  return value === undefined ? null : `${key}\0${value}`;
}

/**
 * Whether a term of one pod means another. Namespaces and their selector (since 1.21) add up; without either it is the
 * pod's own. Source: framework/types.go, AffinityTerm.Matches @ master.
 */
function means({ namespaces, namespaceSelector, selector }: PodTerm, owner: ClusterPod, other: ClusterPod): boolean {
  const isOwn = namespaces.length === 0 && namespaceSelector === null && other.namespace === owner.namespace;
  const isMeant = isOwn || namespaces.includes(other.namespace) || isSelected(namespaceSelector, other.namespace);
  return isMeant && selects(selector, other.labels);
}

/** Of a namespace's labels its name alone is known, which every namespace has as a label since 1.21. */
function isSelected(selector: Selector | null, namespace: string): boolean {
  return selects(selector, { 'kubernetes.io/metadata.name': namespace });
}
