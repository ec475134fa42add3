import type { Clock } from './clock.ts';

/** Begins to wait; calls `resume` once, at any time, with what came. Returns how to give up waiting. */
export type Wait = (resume: (value: unknown) => void) => () => void;

/**
 * A line of work with waits in it: what a goroutine is to the kubelet. It is a generator, not an async function, so that
 * under a virtual clock every step comes in a fixed order and costs no promise. Call another with `yield*`.
 */
export type Task<T> = Generator<Wait, T, unknown>;

/** A task that was started. */
export interface Running<T> {
  /** True from when it returned or was stopped. */
  readonly ended: boolean;
  /** Gives up what it waits for; its `finally` blocks are run. */
  stop(): void;
  /** Waits for its end. Null where it was stopped. */
  result(): Task<T | null>;
}

/** Starts a task; its first step is made at once. What it throws is thrown where it was woken: by the clock. */
export function start<T>(clock: Clock, task: Task<T>): Running<T> {
  return new TaskRun(clock, task);
}

export function* sleep(clock: Clock, ms: number): Task<void> {
  yield (resume) => {
    const timer = clock.after(ms, () => resume(undefined));
    return () => timer.cancel();
  };
}

class TaskRun<T> implements Running<T> {
  readonly #clock: Clock;
  readonly #task: Task<T>;
  readonly #waiting: (() => void)[] = [];
  #giveUp: (() => void) | null = null;
  #result: { value: T | null } | null = null;
  #stepping = false;
  #turn = 0;

  constructor(clock: Clock, task: Task<T>) {
    this.#clock = clock;
    this.#task = task;
    this.#step(undefined);
  }

  get ended(): boolean {
    return this.#result !== null;
  }

  stop(): void {
    if (this.#result !== null) return;
    this.#turn += 1;
    this.#giveUp?.();
    this.#giveUp = null;
    // A task that stops itself is on the stack, and generators are not re-entrant: it ends at its next wait.
    if (!this.#stepping) this.#task.return(null as T);
    this.#end(null);
  }

  *result(): Task<T | null> {
    if (this.#result === null) {
      yield (resume) => {
        const wake = () => resume(undefined);
        this.#waiting.push(wake);
        return () => {
          const at = this.#waiting.indexOf(wake);
          if (at >= 0) this.#waiting.splice(at, 1);
        };
      };
    }
    return this.#result?.value ?? null;
  }

  #step(value: unknown): void {
    this.#giveUp = null;
    this.#stepping = true;
    let next: IteratorResult<Wait, T>;
    try {
      next = this.#task.next(value);
    } finally {
      this.#stepping = false;
    }
    if (next.done) {
      if (this.#result === null) this.#end(next.value);
    } else if (this.#result === null) {
      this.#wait(next.value);
    } else {
      this.#task.return(null as T);
    }
  }

  #wait(wait: Wait): void {
    this.#turn += 1;
    const turn = this.#turn;
    let atOnce = true;
    const giveUp = wait((value) => {
      if (turn !== this.#turn) return;
      this.#turn += 1;
      if (atOnce) this.#clock.soon(() => this.#goOn(value));
      else this.#goOn(value);
    });
    atOnce = false;
    if (turn === this.#turn) this.#giveUp = giveUp;
  }

  #goOn(value: unknown): void {
    if (this.#result === null) this.#step(value);
  }

  #end(value: T | null): void {
    this.#result = { value };
    for (const wake of this.#waiting.splice(0)) this.#clock.soon(wake);
  }
}
