import type { CallFailure, CallName } from './runtime.ts';

/** One call of a relist. */
export interface TimedCall {
  readonly call: CallName;
  /** Null for the list of all pods. */
  readonly podUid: string | null;
  /** Sandbox or container; null for lists. */
  readonly containerId: string | null;
  readonly startedAt: number;
  readonly tookMs: number;
  /** Null where it was answered. */
  readonly failure: CallFailure | null;
}

/** What one relist did. Times are ms, `startedAt` on the clock of the generator. */
export interface RelistRecord {
  /** 1 for the first. */
  readonly number: number;
  readonly startedAt: number;
  readonly tookMs: number;
  /** The list of all pods. */
  readonly list: TimedCall;
  readonly listed: { readonly pods: number; readonly containers: number };
  /** Inspections of pods (one pod can be inspected twice), and the calls that took. */
  readonly inspected: { readonly pods: number; readonly calls: number };
  /** Null where none was inspected. */
  readonly slowest: TimedCall | null;
  /** Calls that failed, at most some (`failed` counts all). */
  readonly failures: readonly TimedCall[];
  readonly failed: number;
  readonly events: { readonly sent: number; readonly discarded: number };
  /** Inspections that were still under way or in the queue when it ended; the kubelet's relist waits for all. */
  readonly waiting: readonly WaitingCall[];
}

/** A call that was not back yet. */
export interface WaitingCall {
  readonly podUid: string;
  readonly containerId: string;
  readonly startedAt: number;
}
