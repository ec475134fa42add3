import type { Clock } from '../clock.ts';
import { type Running, start, type Task } from '../task.ts';

export interface CallPoolOptions {
  readonly clock: Clock;
  /** Calls under way that are not slow yet. */
  readonly atOnce: number;
  /** A call that takes longer, ms, is slow: it goes on, but gives its place to the next. */
  readonly placeMs: number;
  /** While so many slow ones are under way, no suspect is asked. */
  readonly slowAtOnce: number;
}

/**
 * Makes calls a few at once, so that however many hang, each holds up the others for `placeMs` only. Those that hung
 * before, the suspects, are asked after all others, and only while few are slow.
 */
export class CallPool {
  readonly #options: CallPoolOptions;
  readonly #fresh: (() => Task<void>)[] = [];
  readonly #suspects: (() => Task<void>)[] = [];
  readonly #running = new Set<Running<void>>();
  #inPlace = 0;
  #slow = 0;

  constructor(options: CallPoolOptions) {
    this.#options = options;
  }

  add(call: () => Task<void>, isSuspect: boolean): void {
    (isSuspect ? this.#suspects : this.#fresh).push(call);
    this.#fill();
  }

  stop(): void {
    this.#fresh.length = 0;
    this.#suspects.length = 0;
    for (const running of this.#running) running.stop();
    this.#running.clear();
  }

  #fill(): void {
    while (this.#inPlace < this.#options.atOnce) {
      const mayAskSuspects = this.#slow < this.#options.slowAtOnce;
      const call = this.#fresh.shift() ?? (mayAskSuspects ? this.#suspects.shift() : undefined);
      if (call === undefined) return;
      this.#inPlace += 1;
      this.#run(call);
    }
  }

  #run(call: () => Task<void>): void {
    const { clock, placeMs } = this.#options;
    const running = start(clock, call());
    if (running.ended) {
      this.#inPlace -= 1;
      return;
    }
    this.#running.add(running);
    let isSlow = false;
    const place = clock.after(placeMs, () => {
      isSlow = true;
      this.#inPlace -= 1;
      this.#slow += 1;
      this.#fill();
    });
    const done = () => {
      this.#running.delete(running);
      place.cancel();
      if (isSlow) this.#slow -= 1;
      else this.#inPlace -= 1;
      this.#fill();
    };
    start(clock, whenEnded(running, done));
  }
}

function* whenEnded(running: Running<void>, act: () => void): Task<void> {
  yield* running.result();
  act();
}
