import { EXIT, type ExitCode } from './exit-code.ts';

/** Waits until a watch is to end. */
export interface WatchEnd {
  /** The exit code. */
  readonly reached: Promise<ExitCode>;
  end(code: ExitCode): void;
  /** Forgets signals and timer. */
  close(): void;
}

const SIGNALS = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated, SIGHUP: EXIT.terminated } as const;

/**
 * A watch ends after its time, at a signal, and when nobody reads it any more (`notready watch | head -3`).
 * @param forMs null: not by itself
 */
export function watchEnd(forMs: number | null): WatchEnd {
  const { promise, resolve } = Promise.withResolvers<ExitCode>();
  const timers = forMs === null ? [] : [laterThan(forMs, () => resolve(EXIT.fine))];
  const listeners = Object.entries(SIGNALS).map(([signal, code]) => {
    const listener = (): void => resolve(code);
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  const unread = (): void => resolve(EXIT.fine);
  process.stdout.on('error', unread);
  return {
    reached: promise,
    end: resolve,
    close: () => {
      for (const stop of timers) stop();
      for (const forget of listeners) forget();
      process.stdout.off('error', unread);
    },
  };
}

/** Node's timers take no longer wait than this, ms. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

function laterThan(ms: number, act: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (left: number): void => {
    const now = Math.min(left, LONGEST_WAIT_MS);
    timer = setTimeout(() => (left > now ? wait(left - now) : act()), now);
  };
  wait(ms);
  return () => clearTimeout(timer);
}
