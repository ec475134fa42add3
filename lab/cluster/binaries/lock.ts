import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { LabError } from '../../errors.ts';
import { identify, isErrno, isRunning, type ProcessId, readOr } from '../../processes.ts';
import { sleep } from '../../wait.ts';
import type { Later } from './cleanup.ts';
import { waitedInVain } from './texts.ts';

const DEADLINE_MS = 3_600_000;

/**
 * Waits until no other process has the lock, then has it until the clean-up. The lock of a process that is gone counts
 * for nothing.
 * @param waiting told every 10 s whom it waits for
 * @throws LabError after an hour
 */
export async function takeLock(
  path: string,
  later: Later,
  waiting: (pid: number, seconds: number) => void,
  everyMs = 500,
): Promise<void> {
  const since = Date.now();
  for (let told = since - 10_000; !tryLock(path); await sleep(everyMs)) {
    const text = readOr(path, '');
    const holder = parseHolder(text);
    if (holder === null || !isRunning(holder)) {
      takeAway(path, text);
      continue;
    }
    const [now, waited] = [Date.now(), Math.round((Date.now() - since) / 1000)];
    if (now - since > DEADLINE_MS) throw new LabError(waitedInVain(holder.pid, path, waited));
    if (now - told < 10_000) continue;
    waiting(holder.pid, waited);
    told = now;
  }
  later(() => rmSync(path, { force: true }));
}

/** The lock appears with its text in it, by a link: no one ever reads half of it. */
function tryLock(path: string): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(identify(process.pid)));
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Takes a stale lock away, and puts it back should it be another by now. */
function takeAway(path: string, stale: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') !== stale) linkSync(aside, path);
  } catch (error) {
    if (!isErrno(error, 'ENOENT', 'EEXIST')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** @returns null for what is no lock */
export function parseHolder(text: string): ProcessId | null {
  try {
    const { pid, startTicks } = JSON.parse(text) as Partial<ProcessId>;
    return Number.isInteger(pid) && Number.isInteger(startTicks) ? ({ pid, startTicks } as ProcessId) : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}
