import type { Clock } from './clock.ts';
import type { Task } from './task.ts';

/** A bounded queue between tasks: Go's buffered channel, first in first out. */
export class Channel<T> {
  readonly capacity: number;
  readonly #clock: Clock;
  readonly #items: T[] = [];
  /** Wakes the one who waits for an item; at most one task receives. */
  #receiver: (() => void) | null = null;
  readonly #senders: (() => void)[] = [];

  constructor(clock: Clock, capacity: number) {
    this.#clock = clock;
    this.capacity = capacity;
  }

  get length(): number {
    return this.#items.length;
  }

  get isFull(): boolean {
    return this.#items.length >= this.capacity;
  }

  /** False, and nothing is sent, where it is full: `select` with `default` in Go. */
  trySend(item: T): boolean {
    if (this.isFull) return false;
    this.#items.push(item);
    this.#receiver?.();
    return true;
  }

  /** Waits while it is full: a plain send in Go. */
  *send(item: T): Task<void> {
    while (!this.trySend(item)) {
      yield (resume) => {
        const wake = () => resume(undefined);
        this.#senders.push(wake);
        return () => {
          const at = this.#senders.indexOf(wake);
          if (at >= 0) this.#senders.splice(at, 1);
        };
      };
    }
  }

  /** Null where nothing came in `ms`. */
  *receiveWithin(ms: number): Task<T | null> {
    if (this.#items.length === 0) {
      yield (resume) => {
        const timer = this.#clock.after(ms, () => resume(undefined));
        const giveUp = () => {
          timer.cancel();
          this.#receiver = null;
        };
        this.#receiver = () => {
          giveUp();
          this.#clock.soon(() => resume(undefined));
        };
        return giveUp;
      };
    }
    return this.tryReceive();
  }

  /** Null where there is none. */
  tryReceive(): T | null {
    const item = this.#items.shift();
    if (item === undefined) return null;
    const sender = this.#senders.shift();
    if (sender !== undefined) this.#clock.soon(sender);
    return item;
  }
}
