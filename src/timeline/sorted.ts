/** Times in order, asked often: each question takes a logarithm of their number. */
export class SortedTimes {
  readonly #times: readonly number[];

  constructor(times: readonly number[]) {
    this.#times = times.toSorted((a, b) => a - b);
  }

  /** The first after a moment; null where there is none. */
  firstAfter(at: number): number | null {
    return this.#times[this.#countUpTo(at)] ?? null;
  }

  /** The last in (`from`, `to`]; null where there is none. */
  lastIn(from: number, to: number): number | null {
    const last = this.#times[this.#countUpTo(to) - 1];
    return last !== undefined && last > from ? last : null;
  }

  /** How many are at or before a moment. */
  #countUpTo(at: number): number {
    let [low, high] = [0, this.#times.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#times[middle] ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
