import { setTimeout as sleep } from 'node:timers/promises';

/** How long a call may take and what else ends it. */
export interface CallLimits {
  /** ms from now. */
  readonly deadlineMs: number;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
}

interface CallTimes {
  readonly tookMs: number;
  /** The deadline it was given, ms. */
  readonly deadlineMs: number;
}

export interface CallOk<T> extends CallTimes {
  readonly outcome: 'ok';
  readonly value: T;
}

export interface CallFailed extends CallTimes {
  /** `error`: it answered, or the kernel did, that it will not. `timeout`: nothing came by the deadline. */
  readonly outcome: 'error' | 'timeout';
  /**
   * An errno name, an HTTP status, a gRPC status name, or a code of our own: `DEADLINE_EXCEEDED`, `ABORTED` (the caller
   * gave up), `MALFORMED` (the answer made no sense), `TOO_LARGE`.
   */
  readonly code: string;
  /** In the other side's words where it had any. */
  readonly message: string;
}

/** Outcome of one call to a runtime. Remote faults are values: a call never rejects for them. */
export type CallResult<T> = CallOk<T> | CallFailed;

/** What an attempt throws to say why it failed. */
export class CallError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'CallError';
    this.code = code;
  }
}

/** Between two tries to connect while the daemon's accept queue is full. */
const BUSY_RETRY_MS = 50;

/**
 * Makes one call under a deadline. `attempt` is given a signal that ends it, and must drop what it holds when that
 * fires. A unix socket whose accept queue is full refuses with EAGAIN (unix(7)), which a daemon that is stopped does
 * after some connections: that is tried again until the deadline, and is a timeout with code EAGAIN then.
 */
export async function timedCall<T>(
  limits: CallLimits,
  attempt: (signal: AbortSignal) => Promise<T>,
): Promise<CallResult<T>> {
  const started = performance.now();
  const over = new AbortController();
  const timer = setTimeout(() => over.abort('DEADLINE_EXCEEDED'), Math.max(0, limits.deadlineMs));
  const giveUp = () => over.abort('ABORTED');
  if (limits.signal?.aborted) giveUp();
  limits.signal?.addEventListener('abort', giveUp, { once: true });
  const times = () => ({ tookMs: performance.now() - started, deadlineMs: limits.deadlineMs });
  let busy = false;
  try {
    const value = await Promise.race([
      whenAborted(over.signal),
      untilNotBusy(attempt, over.signal, () => {
        busy = true;
      }),
    ]);
    return { outcome: 'ok', value, ...times() };
  } catch (error) {
    return { ...failureOf(error, over.signal, busy, times().tookMs), ...times() };
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', giveUp);
    over.abort('ABORTED');
  }
}

function failureOf(
  error: unknown,
  over: AbortSignal,
  busy: boolean,
  tookMs: number,
): Omit<CallFailed, keyof CallTimes> {
  const code = over.aborted ? String(over.reason) : codeOf(error);
  const timeout = over.aborted || code === 'DEADLINE_EXCEEDED';
  if (timeout && busy) return { outcome: 'timeout', code: 'EAGAIN', message: deadlineMessage('EAGAIN', tookMs) };
  const message = over.aborted ? deadlineMessage(code, tookMs) : messageOf(error);
  return { outcome: timeout ? 'timeout' : 'error', code, message };
}

async function untilNotBusy<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal,
  onBusy: () => void,
): Promise<T> {
  for (;;) {
    try {
      return await attempt(signal);
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      onBusy();
      await sleep(BUSY_RETRY_MS, undefined, { signal });
    }
  }
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(new CallError(String(signal.reason), 'given up'));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

/** The code an error carries, else `ERROR`. */
export function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' || typeof code === 'number' ? String(code) : 'ERROR';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function deadlineMessage(code: string, tookMs: number): string {
  const seconds = (tookMs / 1000).toFixed(1);
  if (code === 'EAGAIN') return `its queue of connections stayed full for ${seconds} s`;
  return code === 'ABORTED' ? `given up after ${seconds} s` : `no answer within ${seconds} s`;
}

/** The same result with its value, if any, made into another. */
export function mapCall<T, U>(result: CallResult<T>, change: (value: T) => U): CallResult<U> {
  return result.outcome === 'ok' ? { ...result, value: change(result.value) } : result;
}
