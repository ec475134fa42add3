import type { Clock } from '../clock.ts';

/** Node's timers take no longer wait than this, ms. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** Real time: the wall clock's at the start of this process, from there on the monotonic clock's. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after: (ms, act) => {
    const timer = setTimeout(act, Math.min(ms, LONGEST_WAIT_MS));
    return { cancel: () => clearTimeout(timer) };
  },
  soon: (act) => queueMicrotask(act),
};
