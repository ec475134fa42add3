import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'notready');

/** Runs `bin/notready` as a user would, with output piped, in English unless the environment says otherwise. */
export function runCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): CliRun {
  const { status, stdout, stderr, error } = spawnSync(PROGRAM, args, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', TMPDIR: tmpdir(), LANG: 'C.UTF-8', ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error) throw error;
  return { code: status, stdout, stderr };
}
