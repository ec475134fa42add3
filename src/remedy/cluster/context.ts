import type { Refused } from '../../kube/asked.ts';
import type { Budget } from './objects/budget.ts';
import type { ClusterNode } from './objects/node.ts';
import type { ClusterPod } from './objects/pod.ts';
import type { Claim, Volume } from './objects/volume.ts';

/** What the API server tells of a cluster before anything is done to one of its nodes. */
export interface ClusterContext {
  /** Unix ms, by this machine's clock, when it was read. */
  readonly at: number;
  /** The one that is meant; null where it could not be read or does not exist. */
  readonly node: ClusterNode | null;
  /** All of them, that one among them. */
  readonly nodes: readonly ClusterNode[];
  /** Of the whole cluster, finished ones too. */
  readonly pods: readonly ClusterPod[];
  readonly budgets: readonly Budget[];
  readonly claims: readonly Claim[];
  readonly volumes: readonly Volume[];
  /** Oldest first. */
  readonly readyTurns: readonly ReadyTurn[];
  /** When each kubelet last showed that it lives, by the name of its node. */
  readonly leases: readonly NodeLease[];
  /** What others that drain, reboot or replace nodes hold of this one, beside the taints and annotations on it. */
  readonly locks: readonly HeldLock[];
  /** What could not be read, or not to its end. What is in here is not known to be absent. */
  readonly missing: readonly Missing[];
}

/** That a node's Ready came or went, by the events that the API server still has (an hour of them, by default). */
export interface ReadyTurn {
  readonly node: string;
  readonly at: number;
  readonly ready: boolean;
  /** How often, where events were counted together: `at` is the last of them. */
  readonly count: number;
}

export interface NodeLease {
  readonly node: string;
  /** Unix ms; null where it was never renewed. */
  readonly renewedAt: number | null;
}

/** Something that another remediator holds. */
export interface HeldLock {
  /** `lease medik8s-leases/node-worker-1` */
  readonly what: string;
  readonly holder: string;
  /** Unix ms; null: until it is released. */
  readonly until: number | null;
}

export type ContextPart =
  | 'node'
  | 'nodes'
  | 'pods'
  | 'budgets'
  | 'claims'
  | 'volumes'
  | 'ready-turns'
  | 'leases'
  | 'locks';

export interface Missing {
  readonly part: ContextPart;
  /** As in `kubectl auth can-i list pods`. */
  readonly right: string;
  readonly why: Refused['why'];
  readonly detail: string;
}
