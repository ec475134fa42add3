import type { Scenario } from './scenario.ts';

/** What a simulated node showed. Times are ms since the fault began, where not said otherwise. */
export interface Simulation {
  readonly scenario: Scenario;
  readonly relists: RelistTimes;
  /** Ready at the begin and each change of it. The first is at 0. */
  readonly ready: readonly ReadyStretch[];
  readonly losses: Losses;
  /** What a remediator would have seen that acts once NotReady held for this long. */
  readonly remediator: { readonly waitsMs: number; readonly actsAt: number | null };
  readonly limits: Limits;
}

/** From when a stamp held, and the relist it is of. A relist's stamp is seen once its list was answered. */
export interface RelistStamp {
  readonly seenAt: number;
  readonly beganAt: number;
}

export interface RelistTimes {
  /** That ended. */
  readonly count: number;
  /** Null where none ended. */
  readonly medianMs: number | null;
  readonly p99Ms: number | null;
  readonly longestMs: number | null;
  /** Most calls that timed out in one. */
  readonly timedOutCalls: number;
  readonly stamps: readonly RelistStamp[];
}

export interface ReadyStretch {
  readonly at: number;
  readonly status: 'True' | 'False' | 'Unknown';
}

export interface Losses {
  readonly count: number;
  readonly firstAt: number | null;
  /** From one loss to the next, and how long Ready was away and there: means of what is whole. Null where none is. */
  readonly periodMs: number | null;
  readonly notReadyMs: number | null;
  readonly readyMs: number | null;
  readonly longestMs: number | null;
  /** Of the whole time. */
  readonly notReadyShare: number;
}

/** By arithmetic, not by this run: where this node would turn. */
export interface Limits {
  /** How the node would flap by the timed-out calls alone; null: it would not. */
  readonly hungAlone: { readonly periodMs: number; readonly notReadyMs: number } | null;
  /** Pods with a hung container at which relists pass the threshold, other calls aside. */
  readonly stuckPods: number;
  /** Containers at which its relists would, each changing as often as now; 0: whatever their number; null: at none. */
  readonly containers: number | null;
  /** Containers at which a relist over all of them would, as a kubelet's first is. Null: at none that a node could have. */
  readonly containersAtStart: number | null;
}
