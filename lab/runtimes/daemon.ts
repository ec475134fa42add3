import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../errors.ts';
import { allProcesses, identify, type ProcessId, readOr } from '../processes.ts';
import { labEnvironment } from '../run.ts';
import { until } from '../wait.ts';
import type { Workspace } from '../workspace.ts';

/** A daemon of the lab, with its log in the lab's folder. */
export interface Daemon {
  readonly name: string;
  readonly id: ProcessId;
  readonly log: string;
  /** Exit code once it has ended. */
  ended(): number | string | null;
}

/**
 * Starts a daemon inside the lab's cgroup, so that the lab's end is its end too.
 * @param group of cgroups that it shares; the runtimes' by default
 */
export function startDaemon(
  workspace: Workspace,
  name: string,
  argv: readonly [string, ...string[]],
  group?: string,
): Daemon {
  const log = join(workspace.folder, `${name}.log`);
  const out = openSync(log, 'a', 0o600);
  const [program, ...args] = workspace.cgroup.enter(argv, group);
  let ended: number | string | null = null;
  const child = spawn(program, args, { detached: true, stdio: ['ignore', out, out], env: labEnvironment() });
  closeSync(out);
  child.on('exit', (code, signal) => {
    ended = code ?? signal ?? 'unknown';
  });
  child.on('error', (error) => {
    ended = error.message;
  });
  child.unref();
  if (child.pid === undefined) {
    throw new LabError({ en: `${argv[0]} cannot be started`, zh: `无法启动 ${argv[0]}` });
  }
  return { name, id: identify(child.pid), log, ended: () => ended };
}

/** Waits until the daemon serves. @throws LabError with the end of its log */
export async function untilServing(daemon: Daemon, serves: () => Promise<boolean>, timeoutMs = 40_000): Promise<void> {
  try {
    await until(
      { en: `${daemon.name} to serve`, zh: `${daemon.name} 开始服务` },
      () => givenUp(daemon) ?? serves(),
      timeoutMs,
    );
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const tail = logTail(daemon.log);
    throw new LabError({
      en: `${what}. The end of ${daemon.log}:\n${tail}`,
      zh: `${daemon.name} 未能开始服务。${daemon.log} 的末尾：\n${tail}`,
    });
  }
}

function givenUp(daemon: Daemon): null {
  if (daemon.ended() !== null) throw new Error(`${daemon.name} ended with ${daemon.ended()}`);
  return null;
}

function logTail(path: string): string {
  return readOr(path, '').trimEnd().split('\n').slice(-6).join('\n');
}

/** A child of a daemon by name: dockerd starts a containerd of its own. */
export function childNamed(parent: ProcessId, comm: string): ProcessId | null {
  const found = allProcesses().find((p) => p.ppid === parent.pid && p.comm === comm);
  return found ? { pid: found.pid, startTicks: found.startTicks } : null;
}
