import type { Era } from '../pleg/era.ts';

/** What is asked: a node, what happens on it and for how long. Times are ms. */
export interface Scenario {
  readonly pods: number;
  readonly containersPerPod: number;
  /** Containers of the node that end, a minute; the kubelet starts each again once it has seen it. */
  readonly churnPerMinute: number;
  readonly latency: Latency;
  readonly hung: Hung;
  readonly requestTimeoutMs: number;
  readonly kubelet: KubeletChoice;
  readonly durationMs: number;
  /** The same seed gives the same run. */
  readonly seed: number;
}

/** How long one call to the runtime takes: half of them no longer than `p50Ms`, 99 of 100 no longer than `p99Ms`. */
export interface Latency {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Containers whose status never comes, and in how many pods they are. */
export interface Hung {
  readonly containers: number;
  readonly pods: number;
}

export interface KubeletChoice {
  /** As the user wrote it: `1.20.2`. */
  readonly version: string;
  readonly era: Era;
}
