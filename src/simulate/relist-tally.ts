import type { RelistRecord } from '../pleg/relist-record.ts';
import type { RelistStamp, RelistTimes } from './simulation.ts';

/** Keeps of many relists what is told of them: a week has 600,000. */
export class RelistTally {
  readonly #beginAt: number;
  readonly #tookMs: number[] = [];
  readonly #stamps: RelistStamp[] = [];
  #timedOutCalls = 0;

  /** @param beginAt relists that ended before are left out */
  constructor(beginAt: number) {
    this.#beginAt = beginAt;
  }

  /** A relist ended. */
  note({ startedAt, tookMs, failures }: RelistRecord): void {
    if (startedAt + tookMs < this.#beginAt) return;
    this.#tookMs.push(tookMs);
    this.#timedOutCalls = Math.max(
      this.#timedOutCalls,
      failures.filter((f) => f.failure?.outcome === 'timeout').length,
    );
  }

  /** A relist began whose list is answered after `takesMs`. Of those from before the begin only the last counts. */
  noteStamp(at: number, takesMs: number): void {
    const beganAt = at - this.#beginAt;
    if (beganAt < 0) this.#stamps.length = 0;
    this.#stamps.push({ beganAt, seenAt: beganAt + takesMs });
  }

  result(): RelistTimes {
    const sorted = Float64Array.from(this.#tookMs).sort();
    const quantile = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? null;
    return {
      count: sorted.length,
      medianMs: quantile(0.5),
      p99Ms: quantile(0.99),
      longestMs: quantile(1),
      timedOutCalls: this.#timedOutCalls,
      stamps: this.#stamps,
    };
  }
}
