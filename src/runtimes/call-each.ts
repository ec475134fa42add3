import { setTimeout as sleep } from 'node:timers/promises';

export interface CallEachOptions {
  /** Calls under way that are not slow yet. */
  readonly atOnce: number;
  /** A call that takes longer, ms, is slow: it goes on to its deadline, but makes room for the next. */
  readonly patienceMs: number;
  /** Slow calls under way; beyond them a slow call keeps its place. */
  readonly slowAtOnce: number;
  /** Asked before each start: true ends it, the rest is not called. */
  readonly stop: () => boolean;
}

/**
 * Makes a call for each item, in order, a few at once, so that many that hang hold up the others only for
 * `patienceMs` each. None is asked twice: a call that hangs may hold a thread or a goroutine of the daemon until what it
 * waits for is over.
 * @returns the items that were not called
 */
export async function callEach<T>(
  items: readonly T[],
  options: CallEachOptions,
  call: (item: T) => Promise<void>,
): Promise<readonly T[]> {
  const places = new Places(options.atOnce);
  const running: Promise<void>[] = [];
  let slow = 0;

  const run = async (item: T) => {
    const done = call(item);
    const timer = new AbortController();
    const late = sleep(options.patienceMs, true, { signal: timer.signal }).catch(() => false);
    const isSlow = await Promise.race([late, done.then(() => false)]).catch(() => false);
    timer.abort();
    const makesRoom = isSlow && slow < options.slowAtOnce;
    if (makesRoom) {
      slow += 1;
      places.give();
    }
    try {
      await done;
    } finally {
      if (makesRoom) slow -= 1;
      else places.give();
    }
  };

  for (const [i, item] of items.entries()) {
    await places.take();
    if (options.stop()) {
      await Promise.all(running);
      return items.slice(i);
    }
    running.push(run(item));
  }
  await Promise.all(running);
  return [];
}

/** A counting semaphore. */
class Places {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(free: number) {
    this.#free = free;
  }

  take(): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
