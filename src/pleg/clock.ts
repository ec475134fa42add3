/** Something that was put off and can be called off. */
export interface Timer {
  cancel(): void;
}

/**
 * The only time there is in this folder. A {@link VirtualClock} makes weeks of a node pass in a moment, a system clock
 * makes the same code watch a real one.
 */
export interface Clock {
  /** ms since the Unix epoch, from a clock that is never set back. */
  now(): number;
  /** Calls `act` once, `ms` from now; in order of time, and of calling for the same time. */
  after(ms: number, act: () => void): Timer;
  /** Calls `act` once, after what is going on now and before time passes; in order of calling. */
  soon(act: () => void): void;
}
