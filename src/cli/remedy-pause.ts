import { setTimeout as delay } from 'node:timers/promises';

/** Waits, or until the run is called off: whoever waits looks at the signal next. */
export async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
