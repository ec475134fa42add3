import type { DrainConsent } from '../../act.ts';
import { type ClusterPod, isFinished } from '../objects/pod.ts';

/** What a drain does with each pod of a node. */
interface SortedPods {
  /** To be evicted; finished ones too, whose objects alone are left. */
  readonly evict: readonly ClusterPod[];
  /** Left alone: their controller would put them back at once, or only the kubelet can end them. */
  readonly leave: readonly { readonly pod: ClusterPod; readonly as: 'daemonset' | 'mirror' }[];
  /** Nothing is evicted while there are any. */
  readonly ask: readonly { readonly pod: ClusterPod; readonly for: keyof DrainConsent }[];
}

/**
 * The filters of `kubectl drain --ignore-daemonsets`.
 * Source: kubectl/pkg/drain/filters.go @ v1.20.2 and master: daemonSetFilter, mirrorPodFilter, localStorageFilter,
 * unreplicatedFilter. A pod that is being deleted needs no consent any more: it is waited for.
 * @param lostDaemonSets `namespace/name` of DaemonSets that pods name and that do not exist: those pods are nobody's
 */
export function sortPods(
  pods: readonly ClusterPod[],
  consent: DrainConsent,
  lostDaemonSets: ReadonlySet<string>,
): SortedPods {
  const leave: SortedPods['leave'][number][] = [];
  const ask: SortedPods['ask'][number][] = [];
  const evict: ClusterPod[] = [];
  for (const pod of pods) {
    const as = staysAs(pod, lostDaemonSets);
    if (as !== null) leave.push({ pod, as });
    else {
      const lacking = lacks(pod, consent, lostDaemonSets);
      ask.push(...lacking.map((what) => ({ pod, for: what })));
      if (lacking.length === 0) evict.push(pod);
    }
  }
  return { evict, leave, ask };
}

function staysAs(pod: ClusterPod, lost: ReadonlySet<string>): 'daemonset' | 'mirror' | null {
  if (pod.isMirror) return 'mirror';
  return isOfDaemonSet(pod) && !isFinished(pod) && !lost.has(ownerName(pod)) ? 'daemonset' : null;
}

function lacks(pod: ClusterPod, consent: DrainConsent, lost: ReadonlySet<string>): (keyof DrainConsent)[] {
  if (isFinished(pod) || pod.deletionRequestedAt !== null) return [];
  const isNobodys = pod.owner === null || (isOfDaemonSet(pod) && lost.has(ownerName(pod)));
  return [
    ...(pod.emptyDirs.length > 0 && !consent.emptyDir ? (['emptyDir'] as const) : []),
    ...(isNobodys && !consent.unmanaged ? (['unmanaged'] as const) : []),
  ];
}

export function isOfDaemonSet({ owner }: ClusterPod): boolean {
  return owner?.kind === 'DaemonSet';
}

/** `kube-system/kube-proxy` */
export function ownerName({ namespace, owner }: ClusterPod): string {
  return `${namespace}/${owner?.name ?? ''}`;
}
