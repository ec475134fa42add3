import type { RelistRules } from './rules.ts';

/** How long relists take that meet containers whose status never comes, ms. */
export interface HungRelist {
  /** The first that meets them. */
  readonly firstMs: number;
  /** Each after it. */
  readonly laterMs: number;
}

/** Timed-out calls in each relist after the first: the first failed call ends a pod's inspection, whatever else hangs in it. */
export function hungCalls(stuckPods: number, { inspections }: Pick<RelistRules, 'inspections'>): number {
  return stuckPods * inspections;
}

/**
 * Relist inspects one pod after another, and a pod with a hung container costs one request timeout: GetPodStatus gives
 * up at its first failed call. The first relist that meets p such pods waits p timeouts. The pods' records stay as they
 * were, so that each next relist finds the same change again, and has them in `podsToReinspect` besides: with
 * `inspections` = 2 it asks for each pod twice and waits 2p timeouts, with 1 it waits p.
 * Source: pkg/kubelet/pleg/generic.go (relist), pkg/kubelet/kuberuntime/kuberuntime_manager.go (GetPodStatus) @ v1.20.2.
 * @param timeoutMs --runtime-request-timeout
 */
export function hungRelist(stuckPods: number, timeoutMs: number, rules: Pick<RelistRules, 'inspections'>): HungRelist {
  return { firstMs: stuckPods * timeoutMs, laterMs: hungCalls(stuckPods, rules) * timeoutMs };
}

/** The fewest stuck pods with which a relist passes the threshold: the least p with p x inspections x timeout + period > threshold. */
export function stuckPodsAtThreshold(timeoutMs: number, { inspections, periodMs, thresholdMs }: RelistRules): number {
  return Math.floor((thresholdMs - periodMs) / (inspections * timeoutMs)) + 1;
}
