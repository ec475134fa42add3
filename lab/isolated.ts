import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSync } from './run.ts';

/** `--kill-child`: what is inside ends with us. */
const UNSHARE = ['unshare', '--mount', '--pid', '--net', '--ipc', '--fork', '--mount-proc', '--kill-child'] as const;
/**
 * $1: a folder that becomes the temporary one; the rest is what runs. Mounts of their own, so that nothing is left on
 * disk. The shell stays: it is PID 1 inside, reaps what is orphaned, and its end would kill whoever is still cleaning up.
 */
const INSIDE = `set -e
mount -t tmpfs tmpfs "$1"
mount -t tmpfs tmpfs /var/log
ip link set lo up
export TMPDIR="$1"
shift
set +e
"$@"
code=$?
waited=0
while kill -s 0 -- -1 2>/dev/null && [ $waited -lt 150 ]; do sleep 0.2; waited=$((waited + 1)); done
exit $code`;

/** Whether namespaces can be had here. */
export function canIsolate(): boolean {
  return runSync([...inside(tmpdir()), '/bin/true']).code === 0;
}

/**
 * Runs a program in namespaces of its own, so that no process, mount, socket or log of a lab inside is seen by one that
 * runs beside it in others. It begins with an empty temporary folder and without logs; standard input and output are
 * ours. Cgroups, loop devices, the kernel's log and pressure stay those of the host.
 * @returns its exit code, once all that it started has ended; null where a signal ended it
 */
export async function runIsolated(
  argv: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number | null> {
  // Short: dockerd's sockets are deep below it, and a socket's path has 107 bytes (unix(7)).
  const folder = mkdtempSync(join(tmpdir(), 'notready-'));
  try {
    const [program, ...args] = [...inside(folder), ...argv];
    const child = spawn(program, args, { stdio: 'inherit', env });
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inside(folder: string): [string, ...string[]] {
  return [...UNSHARE, '/bin/sh', '-c', INSIDE, 'sh', folder];
}
