import { readdirSync, readFileSync } from 'node:fs';

/** A process for good: a pid alone may be reused. Ticks are field 22 of /proc/PID/stat, proc_pid_stat(5). */
export interface ProcessId {
  readonly pid: number;
  readonly startTicks: number;
}

export interface ProcessStat extends ProcessId {
  readonly comm: string;
  readonly state: string;
  readonly ppid: number;
}

/** @returns null for text that is not a /proc/PID/stat line */
export function parseStat(text: string): ProcessStat | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open < 0 || close < open) return null;
  const rest = text.slice(close + 2).split(' ');
  const pid = Number(text.slice(0, open));
  const [state, ppid, startTicks] = [rest[0], Number(rest[1]), Number(rest[19])];
  if (state === undefined || !Number.isInteger(pid) || !Number.isInteger(startTicks)) return null;
  return { pid, comm: text.slice(open + 1, close), state, ppid, startTicks };
}

/** @returns null when there is no such process */
export function readStat(pid: number, tid?: number): ProcessStat | null {
  const path = tid === undefined ? `/proc/${pid}/stat` : `/proc/${pid}/task/${tid}/stat`;
  return parseStat(readOr(path, ''));
}

/** States of a process's threads by thread id; empty when it is gone. */
export function threadStates(pid: number): Map<number, string> {
  const states = new Map<number, string>();
  for (const name of listOr(`/proc/${pid}/task`)) {
    const stat = readStat(pid, Number(name));
    if (stat) states.set(stat.pid, stat.state);
  }
  return states;
}

/** Every process, by pid. Only /proc/PID/stat is read: that never waits for the process itself. */
export function allProcesses(): ProcessStat[] {
  return listOr('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readStat(Number(name)))
    .filter((stat) => stat !== null);
}

/** @throws Error when it is gone already */
export function identify(pid: number): ProcessId {
  const stat = readStat(pid);
  if (!stat) throw new Error(`process ${pid} is gone`);
  return { pid, startTicks: stat.startTicks };
}

/** Still the same process, a zombie included. */
export function isAlive(id: ProcessId): boolean {
  return readStat(id.pid)?.startTicks === id.startTicks;
}

/** As {@link isAlive}, and not a zombie: an orphan's parent may take its time to reap it. */
export function isRunning(id: ProcessId): boolean {
  return isAlive(id) && !['Z', 'X'].includes(readStat(id.pid)?.state ?? 'X');
}

/** Signals exactly this process. @returns false when it is gone, or its pid is another's by now */
export function signal(id: ProcessId, name: NodeJS.Signals): boolean {
  if (id.pid <= 1 || !isAlive(id)) return false;
  try {
    return process.kill(id.pid, name);
  } catch (error) {
    if (isErrno(error, 'ESRCH')) return false;
    throw error;
  }
}

export function isErrno(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** A file's text, or `otherwise` when it is not there (any more). */
export function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return otherwise;
    throw error;
  }
}

/** Names in a directory; none when it is not there (any more). */
export function listOr(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}
