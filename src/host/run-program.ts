import { spawnSync } from 'node:child_process';
import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from './error-code.ts';
import type { RunResult } from './host.ts';
import { refusalOf } from './programs.ts';
import type { RunOperation } from './reader-protocol.ts';

const NOTHING: RunResult = { code: null, stdout: '', stderr: '', timedOut: false, error: null };

/** A fixed search path: nothing that the caller's environment names is run, least of all as root. */
export const PROGRAM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Runs an allow-listed program to its end or deadline. Blocks, and may block for ever where the program's own file
 * lies on a dead filesystem: only ever called in the disposable child.
 */
export function runProgram({ argv, timeoutMs, maxBytes }: RunOperation): RunResult {
  const [file, ...args] = argv;
  const refusal = refusalOf(argv) ?? (file.includes('/') ? distrustOf(file) : null);
  if (refusal !== null) return { ...NOTHING, error: refusal };
  const ended = spawnSync(file, args, {
    cwd: '/',
    env: { PATH: PROGRAM_PATH, LC_ALL: 'C', TZ: 'UTC', SYSTEMD_PAGER: '', SYSTEMD_COLORS: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: maxBytes,
    shell: false,
  });
  const error = ended.error === undefined ? null : errorCode(ended.error);
  return {
    code: ended.status,
    stdout: ended.stdout?.toString('utf8') ?? '',
    stderr: ended.stderr?.toString('utf8') ?? '',
    timedOut: error === 'ETIMEDOUT',
    // ENOBUFS: the output reached maxBytes; what came until then is kept.
    error: error === 'ETIMEDOUT' || error === 'ENOBUFS' ? null : error,
  };
}

/** Why a program given by path (from /proc/PID/exe, say) must not be run: someone else than root could have put it there. May hang. */
export function distrustOf(file: string): string | null {
  try {
    let path = realpathSync(file);
    for (;;) {
      const { uid, mode } = statSync(path);
      if (uid !== 0 && uid !== process.geteuid?.()) return `${path} does not belong to root`;
      // In a sticky directory nobody can replace what belongs to root.
      const sticky = (mode & 0o1000) !== 0;
      if ((mode & 0o022) !== 0 && !sticky) return `${path} can be written by others`;
      if (path === '/') return null;
      path = dirname(path);
    }
  } catch (error) {
    return errorCode(error);
  }
}
