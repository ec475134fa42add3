/** Buckets a factor of 2^(1/8) apart, 9 % : from 1 µs to over an hour. */
const PER_DOUBLING = 8;
const SMALLEST_MS = 0.001;
const BUCKETS = 260;

/**
 * Latencies of any number of calls in a fixed 2 KiB: quantiles are right within a bucket, 9 %. Weeks of calls do not
 * make it grow.
 */
export class Latencies {
  readonly #counts = new Float64Array(BUCKETS);
  #count = 0;
  #max = 0;

  get count(): number {
    return this.#count;
  }

  /** The longest, exactly, ms. */
  get max(): number {
    return this.#max;
  }

  add(ms: number): void {
    const at = Math.floor(PER_DOUBLING * Math.log2(Math.max(ms, SMALLEST_MS) / SMALLEST_MS));
    const bucket = Math.min(BUCKETS - 1, at);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count += 1;
    this.#max = Math.max(this.#max, ms);
  }

  /** ms within which a share `q` (0 to 1) of the calls came back; null where there was none. */
  quantile(q: number): number | null {
    if (this.#count === 0) return null;
    let left = Math.max(1, Math.ceil(q * this.#count));
    for (const [bucket, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return Math.min(this.#max, SMALLEST_MS * 2 ** ((bucket + 1) / PER_DOUBLING));
    }
    return this.#max;
  }
}
