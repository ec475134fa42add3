import type { Clock, Timer } from './clock.ts';

interface Entry extends Timer {
  readonly at: number;
  readonly order: number;
  act: (() => void) | null;
}

/** A clock that stands still until it is run, and then jumps from one thing to the next. Two equal runs are equal in every step. */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  /** A binary heap by time, then by order. */
  readonly #heap: Entry[] = [];
  #soon: (() => void)[] = [];

  /** @param startAt ms since the Unix epoch */
  constructor(startAt = 0) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, act: () => void): Timer {
    this.#order += 1;
    const entry: Entry = {
      at: this.#now + Math.max(0, ms),
      order: this.#order,
      act,
      cancel() {
        entry.act = null;
      },
    };
    this.#push(entry);
    return entry;
  }

  soon(act: () => void): void {
    this.#soon.push(act);
  }

  /** Lets time pass up to and including `at`. */
  runUntil(at: number): void {
    this.#runSoon();
    for (let next = this.#heap[0]; next !== undefined && next.at <= at; next = this.#heap[0]) {
      this.#pop();
      const { act } = next;
      if (act === null) continue;
      this.#now = next.at;
      act();
      this.#runSoon();
    }
    this.#now = Math.max(this.#now, at);
  }

  /** Lets `ms` pass. */
  run(ms: number): void {
    this.runUntil(this.#now + ms);
  }

  #runSoon(): void {
    while (this.#soon.length > 0) {
      const acts = this.#soon;
      this.#soon = [];
      for (const act of acts) act();
    }
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || isBefore(parent, entry)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      if (left === undefined) break;
      const useRight = right !== undefined && isBefore(right, left);
      const child = useRight ? right : left;
      if (isBefore(last, child)) break;
      heap[at] = child;
      at = 2 * at + (useRight ? 2 : 1);
    }
    heap[at] = last;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
