import { execFile, spawnSync } from 'node:child_process';
import { LabError } from './errors.ts';

export interface Ran {
  /** Exit code; null where a signal or the deadline ended it, or where there is no such program. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Argv = readonly [string, ...string[]];

// Debian leaves sbin out of an ordinary user's PATH, and cron leaves out more.
/** PATH of everything that the lab runs. */
export const SYSTEM_PATH = `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`;

/** The environment of every program the lab starts: system directories on PATH, messages in English. */
export function labEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { ...process.env, PATH: SYSTEM_PATH, LC_ALL: 'C', ...extra };
}

/** Runs a program to its end and blocks meanwhile: for undoing, which must also work in a signal handler. Never throws. */
export function runSync(argv: Argv, timeoutMs = 10_000): Ran {
  const [program, ...args] = argv;
  const done = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    env: labEnvironment(),
  });
  return { code: done.status, stdout: done.stdout ?? '', stderr: done.stderr || (done.error?.message ?? '') };
}

/** Runs a program to its end, never throws. */
export function run(
  argv: Argv,
  options: { timeoutMs?: number; env?: Record<string, string>; cwd?: string } = {},
): Promise<Ran> {
  const [program, ...args] = argv;
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      {
        encoding: 'utf8',
        timeout: options.timeoutMs ?? 30_000,
        killSignal: 'SIGKILL',
        maxBuffer: 64 * 1024 * 1024,
        env: labEnvironment(options.env),
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
        resolve({ code, stdout, stderr: stderr || (error?.message ?? '') });
      },
    );
  });
}

/** As {@link run}, but a program that fails is a {@link LabError} with its last words. */
export async function runOrFail(argv: Argv, options: { timeoutMs?: number } = {}): Promise<string> {
  const done = await run(argv, options);
  if (done.code === 0) return done.stdout;
  const words = done.stderr.trim().split('\n').slice(-3).join(' ');
  throw new LabError({
    en: `\`${argv.join(' ')}\` failed: ${words || `exit code ${done.code}`}`,
    zh: `\`${argv.join(' ')}\` 执行失败：${words || `退出码 ${done.code}`}`,
  });
}
