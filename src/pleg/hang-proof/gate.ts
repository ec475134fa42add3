import type { Clock } from '../clock.ts';
import type { Task } from '../task.ts';

/** Opens once so many have passed. */
export class Gate {
  #left: number;
  #open: (() => void) | null = null;

  constructor(count: number) {
    this.#left = count;
  }

  pass(): void {
    this.#left -= 1;
    if (this.#left === 0) this.#open?.();
  }

  /** Waits until it opens, at most `ms`. */
  *passedWithin(clock: Clock, ms: number): Task<void> {
    if (this.#left <= 0) return;
    yield (resume) => {
      const timer = clock.after(ms, () => resume(undefined));
      this.#open = () => {
        timer.cancel();
        clock.soon(() => resume(undefined));
      };
      return () => timer.cancel();
    };
  }
}
