import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import type { Text } from '../../../src/text/text.ts';
import { LabError } from '../../errors.ts';
import { identify, isAlive, isErrno, type ProcessId } from '../../processes.ts';
import { labEnvironment } from '../../run.ts';
import type { Later } from './cleanup.ts';
import { failed, stillAt, tookTooLong } from './texts.ts';

/** One attempt at a build. */
export interface Site {
  /** Takes everything that is not to stay. */
  readonly folder: string;
  /** What all steps say. */
  readonly log: string;
  /** Milliseconds, as Date.now(). */
  readonly since: number;
  readonly print: (text: Text) => void;
  readonly later: Later;
}

export interface Step {
  readonly what: Text;
  readonly argv: readonly [string, ...string[]];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** How far it is, by what it has said so far. */
  readonly progress?: (said: string) => Text;
}

interface Done {
  /** Exit code; null where a signal ended it, or where it could not be started. */
  readonly code: number | null;
  /** Standard output and standard error. */
  readonly said: string;
}

const TELL_EVERY_MS = 10_000;

/**
 * Runs a step to its end, in a process group of its own that dies with this process, and tells at its start and every 10 s how far it is.
 * @throws LabError when it takes too long
 */
export async function tryStep(site: Site, step: Step): Promise<Done> {
  const start = statSync(site.log, { throwIfNoEntry: false })?.size ?? 0;
  const said = (): string => readFileSync(site.log).subarray(start).toString('utf8');
  const output = openSync(site.log, 'a');
  // A child outlives a parent that is killed, unless it asks not to: prctl(2), PR_SET_PDEATHSIG.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...step.argv], {
    detached: true,
    stdio: ['ignore', output, output],
    // Go takes the folder's name from PWD, which tells links apart that a working directory does not.
    env: labEnvironment({ ...step.env, ...(step.cwd === undefined ? {} : { PWD: step.cwd }) }),
    ...(step.cwd === undefined ? {} : { cwd: step.cwd }),
  });
  closeSync(output);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('exit', (code) => resolve(code));
    child.once('error', reject);
  });
  const id = child.pid === undefined ? null : identify(child.pid);
  const kill = (): void => killGroup(id);
  site.later(kill);
  const tell = (detail: Text | null): void => site.print(stillAt(step.what, secondsSince(site.since), detail));
  tell(null);
  const telling = setInterval(() => tell(step.progress?.(said()) ?? null), TELL_EVERY_MS);
  let late = false;
  const deadline = setTimeout(() => {
    late = true;
    kill();
  }, step.timeoutMs);
  try {
    const code = await ended;
    if (late) throw new LabError(tookTooLong(step.what, site.log, step.timeoutMs / 1000));
    return { code, said: said() };
  } finally {
    clearInterval(telling);
    clearTimeout(deadline);
  }
}

/** As {@link tryStep}. @returns what it said @throws LabError with its last words when it fails */
export async function runStep(site: Site, step: Step): Promise<string> {
  const { code, said } = await tryStep(site, step);
  if (code === 0) return said;
  const words = said.trim().split('\n').slice(-3).join(' ').slice(-600);
  throw new LabError(failed(step.what, site.log, words || `exit code ${code}`));
}

export function secondsSince(ms: number): number {
  return Math.round((Date.now() - ms) / 1000);
}

function killGroup(leader: ProcessId | null): void {
  if (leader === null || !isAlive(leader)) return;
  try {
    process.kill(-leader.pid, 'SIGKILL');
  } catch (error) {
    if (!isErrno(error, 'ESRCH')) throw error;
  }
}
