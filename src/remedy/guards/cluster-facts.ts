import type { Taint } from '../act.ts';

/** A node of the cluster as guards see it. */
export interface NodeFacts {
  readonly name: string;
  readonly ready: 'True' | 'False' | 'Unknown';
  /** lastTransitionTime of Ready, Unix ms; null where not given. */
  readonly readySince: number | null;
  readonly controlPlane: boolean;
  readonly unschedulable: boolean;
  readonly taints: readonly Taint[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

/** Something that another remediator holds: a lease, a lock on its DaemonSet. */
export interface HeldLock {
  /** `lease medik8s-leases/node-worker-1` */
  readonly what: string;
  readonly holder: string;
  /** Unix ms; null: until it is released. */
  readonly until: number | null;
}

/** The cluster at the moment of acting. */
export interface ClusterFacts {
  readonly nodes: readonly NodeFacts[];
  /** Locks that concern this node. */
  readonly locks: readonly HeldLock[];
}

export function nodeOf({ nodes }: ClusterFacts, name: string): NodeFacts | null {
  return nodes.find((n) => n.name === name) ?? null;
}
