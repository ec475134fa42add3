import type { ContainerStatus, PodRef, SandboxStatus } from '../pod.ts';
import type { CallFailure } from '../runtime.ts';
import type { RecordState } from '../transitions.ts';

/** After a failure, until it is asked again: doubled each time. */
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;

/** One sandbox or container, from when it is first listed until it was told that it is gone. */
export interface TrackedContainer {
  readonly id: string;
  readonly name: string;
  readonly kind: 'sandbox' | 'container';
  readonly pod: PodRef;
  /** What the last event of it said. */
  told: RecordState;
  /** As the newest list has it. */
  listed: RecordState;
  /** Of the last inspection that succeeded; only the one of its kind is ever set. */
  sandbox: SandboxStatus | null;
  container: ContainerStatus | null;
  /** When the inspection that is under way began, ms; null while there is none. */
  askedAt: number | null;
  /** When the last one that succeeded began, ms; null before. */
  inspectedAt: number | null;
  /** Of the last inspection; null where it succeeded. */
  failure: CallFailure | null;
  /** Failed inspections in a row. */
  failures: number;
  /** When the first of them began, ms. */
  failingSince: number | null;
  /** Not asked before, ms. */
  retryAt: number;
}

/** A container that does not answer, and what it keeps from being told. */
export interface HungContainer {
  readonly id: string;
  readonly name: string;
  readonly kind: 'sandbox' | 'container';
  readonly pod: PodRef;
  /** Since when it was asked in vain, ms. */
  readonly since: number;
  readonly from: RecordState;
  readonly to: RecordState;
  /** Of the last inspection that ended; null while the first is under way. */
  readonly failure: CallFailure | null;
}

export function noteFailure(c: TrackedContainer, failure: CallFailure, askedAt: number, now: number): void {
  c.failure = failure;
  c.failures += 1;
  c.failingSince ??= askedAt;
  c.retryAt = now + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (c.failures - 1));
}

export function noteSuccess(c: TrackedContainer, askedAt: number): void {
  c.inspectedAt = askedAt;
  c.failure = null;
  c.failures = 0;
  c.failingSince = null;
  c.retryAt = 0;
}

/** Null while it answers, or has not been waited for long enough to say that it does not. */
export function hungContainer(c: TrackedContainer, hungAfterMs: number, now: number): HungContainer | null {
  const since = c.failure?.outcome === 'timeout' ? c.failingSince : c.askedAt;
  if (since === null || now - since < hungAfterMs) return null;
  const { id, name, kind, pod, told: from, listed: to, failure } = c;
  return { id, name, kind, pod, since, from, to, failure };
}
