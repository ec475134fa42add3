import type { HostActorDeps } from './deps.ts';
import { readStat } from './process-look.ts';

/** A thread in uninterruptible sleep (D). */
export interface WaitingThread {
  readonly tid: number;
  /** The kernel function that it sleeps in; null where that is not told. */
  readonly wchan: string | null;
  /** SIGKILL has reached it and waits for the thread to come back from the kernel. */
  readonly killPending: boolean;
}

/** Looked into; a process with more of them is no child of a runtime. */
const MAX_THREADS = 256;

/** Threads of a process that wait in D now. */
export async function waitingThreads(
  deps: Pick<HostActorDeps, 'host'>,
  pid: number,
): Promise<readonly WaitingThread[]> {
  const { host } = deps;
  const tids = await host.files.list(host.proc(`${pid}/task`));
  if (!tids.ok) return [];
  const threads = await Promise.all(tids.value.slice(0, MAX_THREADS).map((tid) => waitingThread(deps, pid, tid)));
  return threads.filter((thread) => thread !== null);
}

async function waitingThread(
  { host }: Pick<HostActorDeps, 'host'>,
  pid: number,
  tid: string,
): Promise<WaitingThread | null> {
  const stat = await readStat({ host }, `${pid}/task/${tid}`);
  if (stat === null || 'error' in stat || stat.state !== 'D') return null;
  const [wchan, status] = await Promise.all([
    host.files.readText(host.proc(`${pid}/task/${tid}/wchan`)),
    host.files.readText(host.proc(`${pid}/task/${tid}/status`)),
  ]);
  return {
    tid: stat.pid,
    wchan: wchan.ok && /^[A-Za-z_]\w*/.test(wchan.value) ? wchan.value.trim() : null,
    killPending: status.ok && isKillPending(status.value),
  };
}

/**
 * Whether SIGKILL (bit 8 of the mask) is pending. The kernel adds it to every thread's own pending set
 * (kernel/signal.c, complete_signal), so SigPnd tells. Source: proc_pid_status(5).
 */
export function isKillPending(status: string): boolean {
  const mask = /^SigPnd:\s*([0-9a-f]{1,32})$/m.exec(status)?.[1];
  return mask !== undefined && (BigInt(`0x${mask}`) & 0x100n) !== 0n;
}

/** Ids of all threads of the host that wait in D now. */
export async function allWaiting(deps: Pick<HostActorDeps, 'host'>): Promise<ReadonlySet<string>> {
  const { host } = deps;
  const names = await host.files.list(host.proc());
  const pids = names.ok ? names.value.filter((name) => /^\d+$/.test(name)) : [];
  const found = await Promise.all(pids.map((pid) => waitingOf(deps, pid)));
  return new Set(found.flat());
}

/** Which of these threads still wait. @param threads `PID/task/TID` */
export async function stillWaiting(
  deps: Pick<HostActorDeps, 'host'>,
  threads: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const left = await Promise.all([...threads].map(async (thread) => ((await isWaiting(deps, thread)) ? [thread] : [])));
  return new Set(left.flat());
}

async function waitingOf(deps: Pick<HostActorDeps, 'host'>, pid: string): Promise<string[]> {
  const { host } = deps;
  const stat = await readStat(deps, pid);
  if (stat === null || 'error' in stat) return [];
  if (stat.threads <= 1 && stat.state !== 'Z') return stat.state === 'D' ? [`${pid}/task/${pid}`] : [];
  const tids = await host.files.list(host.proc(`${pid}/task`), { bulk: true });
  const threads = tids.ok ? tids.value.map((tid) => `${pid}/task/${tid}`) : [];
  const waiting = await Promise.all(threads.map(async (thread) => ((await isWaiting(deps, thread)) ? [thread] : [])));
  return waiting.flat();
}

async function isWaiting(deps: Pick<HostActorDeps, 'host'>, thread: string): Promise<boolean> {
  const stat = await readStat(deps, thread);
  return stat !== null && !('error' in stat) && stat.state === 'D';
}
