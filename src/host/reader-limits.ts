/** How patient the hang-safe reader is, and how much it may leave behind. */
export interface ReaderLimits {
  /** An operation that takes longer no longer holds up the rest: they move on to a fresh child. */
  readonly slowMs: number;
  /** When an operation counts as stuck and its child is given up. */
  readonly deadlineMs: number;
  /** A child that is runnable (state R) at the deadline is starved, not stuck: it gets up to so many deadlines. */
  readonly starvedDeadlines: number;
  /** How long a child may take to start. */
  readonly bootMs: number;
  /** How long the look at a hanging child's own state may take. */
  readonly inspectMs: number;
  /** Children in slow or stuck operations at one time; beyond it reads answer `SKIPPED`. */
  readonly maxAbandoned: number;
  /** Stuck reads in all, those included whose child could be killed; beyond it reads answer `SKIPPED`. */
  readonly maxStuck: number;
  /** Requests sent ahead to a child. */
  readonly window: number;
}

export const DEFAULT_LIMITS: ReaderLimits = {
  slowMs: 100,
  deadlineMs: 700,
  starvedDeadlines: 3,
  bootMs: 4000,
  inspectMs: 400,
  maxAbandoned: 8,
  maxStuck: 40,
  window: 128,
};
