import { type ProcStat, parseProcStat } from '../../host/proc-stat.ts';
import { isKernelThread } from '../../host/survey.ts';
import { parseCgroup } from '../../probes/procfs/cgroup.ts';
import { harmlessLine } from '../../text/untrusted.ts';
import type { ProcessRef } from '../act.ts';
import type { HostActorDeps } from './deps.ts';
import type { UnmetPrecondition } from './handler.ts';

type Reads = Pick<HostActorDeps, 'host' | 'ownPid'>;

/** What is read of a process before it is signalled. */
export interface ProcessLook {
  /** Null where there is no such process; an error where it could not be read. */
  readonly stat: ProcStat | null | { readonly error: string };
  readonly bootId: string | null;
  /** Paths of /proc/PID/cgroup; null where it could not be read. */
  readonly cgroups: readonly string[] | null;
  /** Whether the procfs that is read is of another PID namespace than our own: its pids are not those that kill(2) takes. */
  readonly otherPidNamespace: boolean;
  /** Of notready itself: its own pid, and those of what started it. */
  readonly ownLine: readonly number[];
}

/** Deeper than any tree of processes that is not broken. */
const MAX_DEPTH = 64;

export async function lookAt({ host, ownPid }: Reads, pid: number): Promise<ProcessLook> {
  const [stat, boot, cgroup, self, ownAncestors] = await Promise.all([
    readStat({ host }, pid),
    host.files.readText(host.proc('sys/kernel/random/boot_id')),
    host.files.readText(host.proc(`${pid}/cgroup`)),
    host.files.readText(host.proc('self/status')),
    ancestors({ host }, ownPid),
  ]);
  return {
    stat,
    bootId: boot.ok ? boot.value.trim() : null,
    cgroups: cgroup.ok ? parseCgroup(cgroup.value).map(({ path }) => path) : null,
    otherPidNamespace: self.ok && isOfOtherNamespace(self.value),
    ownLine: [ownPid, ...ownAncestors],
  };
}

/** @param task a pid, or `PID/task/TID` @returns null where there is no such process */
export async function readStat(
  { host }: Pick<HostActorDeps, 'host'>,
  task: number | string,
): Promise<ProcStat | null | { readonly error: string }> {
  const read = await host.files.readText(host.proc(`${task}/stat`), { maxBytes: 4096 });
  if (read.ok) return parseProcStat(read.value) ?? { error: 'MALFORMED' };
  return read.error === 'ENOENT' || read.error === 'ESRCH' ? null : { error: read.error };
}

async function ancestors(reads: Pick<HostActorDeps, 'host'>, pid: number): Promise<number[]> {
  const line: number[] = [];
  for (let at = pid; line.length < MAX_DEPTH; ) {
    const stat = await readStat(reads, at);
    if (stat === null || 'error' in stat || stat.ppid === 0) break;
    line.push(stat.ppid);
    at = stat.ppid;
  }
  return line;
}

/**
 * NSpid of the reader itself has a number for each namespace from that of the procfs mount down to its own: more than
 * one, and the pids of that procfs are not ours. Source: proc_pid_status(5).
 */
export function isOfOtherNamespace(status: string): boolean {
  const pids = /^NSpid:\s*([\d\t ]+)$/m.exec(status)?.[1]?.trim().split(/\s+/) ?? [];
  return pids.length > 1;
}

/** Why this process must not be signalled; null where it may. Pure. */
export function refusalToSignal(ref: ProcessRef, look: ProcessLook): UnmetPrecondition | null {
  if (look.otherPidNamespace) {
    return {
      id: 'same-pid-namespace',
      text: {
        en: 'notready sees the pids of another PID namespace than its own and would signal other processes: run it with the host’s (hostPID: true), or on the host itself',
        zh: 'notready 看到的 pid 属于另一个 PID namespace，会误发给别的进程：请使用宿主机的 PID namespace（hostPID: true）或直接在宿主机上运行',
      },
    };
  }
  return refusalOfTarget(ref, look) ?? refusalOfIdentity(ref, look);
}

function refusalOfTarget({ pid, comm }: ProcessRef, { stat, ownLine }: ProcessLook): UnmetPrecondition | null {
  const id = 'may-be-signalled';
  const name = nameOf(pid, comm);
  if (!Number.isSafeInteger(pid) || pid <= 1) {
    return { id, text: { en: `PID ${pid} is never signalled`, zh: `绝不向 PID ${pid} 发信号` } };
  }
  if (stat !== null && !('error' in stat) && isKernelThread(stat)) {
    return {
      id,
      text: {
        en: `${name} is a kernel thread: it takes no signals`,
        zh: `${name} 是内核线程：不接受信号`,
      },
    };
  }
  if (ownLine.includes(pid)) {
    return {
      id,
      text: { en: `${name} is notready itself, or what it runs under`, zh: `${name} 是 notready 自身或其上级进程` },
    };
  }
  return null;
}

function refusalOfIdentity(ref: ProcessRef, { stat, bootId, cgroups }: ProcessLook): UnmetPrecondition | null {
  const id = 'same-process';
  const name = nameOf(ref.pid, ref.comm);
  if (ref.bootId !== undefined && bootId !== null && ref.bootId !== bootId) {
    return {
      id,
      text: {
        en: `the host has been rebooted since ${name} was seen`,
        zh: `在看到 ${name} 之后宿主机已重启过`,
      },
    };
  }
  if (stat === null) return { id, text: { en: `${name} has ended by itself`, zh: `${name} 已自行结束` } };
  if ('error' in stat) {
    return {
      id,
      text: {
        en: `whether ${name} is still the same process cannot be read (${stat.error})`,
        zh: `无法读取 ${name} 是否仍为同一进程（${stat.error}）`,
      },
    };
  }
  if (stat.startTicks !== ref.startTicks) {
    const now = harmlessLine(stat.comm, 40);
    return {
      id,
      text: {
        en: `PID ${ref.pid} is another process now (${now}, started at tick ${stat.startTicks}, not ${ref.startTicks}): ${ref.comm} has ended and its pid was given out again`,
        zh: `PID ${ref.pid} 现在是另一个进程（${now}，启动于 tick ${stat.startTicks}，而非 ${ref.startTicks}）：${ref.comm} 已结束，其 pid 被重新分配`,
      },
    };
  }
  if (ref.cgroup !== undefined && !(cgroups ?? []).includes(ref.cgroup)) {
    return {
      id,
      text: {
        en: `${name} is not in the cgroup ${ref.cgroup} that it was seen in`,
        zh: `${name} 已不在先前所在的 cgroup ${ref.cgroup} 中`,
      },
    };
  }
  return null;
}

/** `runc (PID 4711)` */
export function nameOf(pid: number, comm: string): string {
  return `${harmlessLine(comm, 40)} (PID ${pid})`;
}
