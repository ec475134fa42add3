import { setTimeout as sleep } from 'node:timers/promises';
import type { Text } from '../src/text/text.ts';
import { LabError } from './errors.ts';

export { sleep };

/**
 * Asks again and again until something is there.
 * @param look gives null (or false) for "not yet"
 * @throws LabError after `timeoutMs`, naming `what`
 */
export async function until<T>(
  what: Text,
  look: () => Promise<T | null | false> | T | null | false,
  timeoutMs = 15_000,
  everyMs = 50,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== false) return seen;
    if (Date.now() > end) {
      const seconds = Math.round(timeoutMs / 1000);
      throw new LabError({
        en: `waited ${seconds} s in vain for ${what.en}`,
        zh: `等待 ${seconds} 秒仍未出现：${what.zh}`,
      });
    }
    await sleep(everyMs);
  }
}

/** Blocks the whole process: only for undoing in a signal handler. */
export function sleepSync(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
