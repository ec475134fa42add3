import { DEFAULT_REQUEST_TIMEOUT_MS } from '../node/node-options.ts';

export interface HangProofLimits {
  /** From the begin of one relist to the begin of the next, ms. */
  readonly periodMs: number;
  /** An older relist is unhealthy, ms: the kubelet's, so that both say so at the same time. */
  readonly thresholdMs: number;
  /** Deadline of a list, and of an inspection, ms: the kubelet's, so that what is slow but comes is not missed. */
  readonly listMs: number;
  readonly inspectMs: number;
  /** How long a relist waits for its inspections, ms; those that take longer are told when they are back. */
  readonly patienceMs: number;
  /** See CallPool. */
  readonly atOnce: number;
  readonly placeMs: number;
  readonly slowAtOnce: number;
  /** A container that is asked in vain for this long hangs, ms. */
  readonly hungAfterMs: number;
  /**
   * Each container is asked for at least this often, ms, so that one that hangs is found before something changes in its
   * pod; null: only then, as the kubelet does.
   */
  readonly sweepMs: number | null;
  /** Records of relists that are kept. */
  readonly records: number;
}

export const HANG_PROOF_LIMITS: HangProofLimits = {
  periodMs: 1000,
  thresholdMs: 180_000,
  listMs: DEFAULT_REQUEST_TIMEOUT_MS,
  inspectMs: DEFAULT_REQUEST_TIMEOUT_MS,
  patienceMs: 500,
  atOnce: 8,
  placeMs: 50,
  slowAtOnce: 4,
  hungAfterMs: 2000,
  sweepMs: 60_000,
  records: 600,
};
