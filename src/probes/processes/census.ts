import type { Host, ReadOptions } from '../../host/host.ts';
import { parseProcStat } from '../../host/proc-stat.ts';
import type { Survey, SurveyedProcess } from '../../host/survey.ts';

/** Threads looked at in one examination. A host near its pid limit has more; then the rest is not looked at. */
const MAX_THREADS = 40_000;

/** A thread that may be in trouble, or that belongs to a process whose leader is dead. */
export interface WatchedThread {
  readonly pid: number;
  readonly tid: number;
  readonly comm: string;
  readonly state: string;
  /** Its process is a zombie, which goes only after this thread. */
  readonly ofDeadLeader: boolean;
}

/** A thread as its stat file has it. */
type Thread = Omit<WatchedThread, 'ofDeadLeader'>;

export interface Census {
  /** Tasks (threads) by state letter. */
  readonly byState: Readonly<Record<string, number>>;
  readonly threads: number;
  readonly watched: readonly WatchedThread[];
  /** Processes whose threads were not looked at, for there are too many. */
  readonly skipped: number;
}

/**
 * Counts every thread by its state and picks those to watch: in D, and all of a process whose leader is a zombie.
 * A thread in D hides behind a leader that sleeps or is dead, so each thread's own stat is read.
 */
export async function takeCensus(host: Host, survey: Survey): Promise<Census> {
  const byState: Record<string, number> = {};
  const watched: WatchedThread[] = [];
  const pending: Promise<void>[] = [];
  let threads = 0;
  let skipped = 0;
  const count = (thread: Thread, leader: SurveyedProcess): void => {
    threads += 1;
    byState[thread.state] = (byState[thread.state] ?? 0) + 1;
    const ofDeadLeader = leader.state === 'Z' && thread.tid !== thread.pid;
    if (thread.state === 'D' || ofDeadLeader) watched.push({ ...thread, ofDeadLeader });
  };
  const countAll = async (process: SurveyedProcess): Promise<void> => {
    for (const thread of await readThreads(host, process.pid)) count(thread, process);
  };
  let planned = 0;
  for (const process of orderedByNeed(survey)) {
    const { pid } = process;
    planned += process.threads;
    if (process.threads <= 1) count({ pid, tid: pid, comm: process.comm, state: process.state }, process);
    else if (planned > MAX_THREADS) skipped += 1;
    else pending.push(countAll(process));
  }
  await Promise.all(pending);
  return { byState, threads, watched, skipped };
}

/** Dead and blocked leaders first, so that the limit falls on those in good health. */
function orderedByNeed(survey: Survey): SurveyedProcess[] {
  const all = [...survey.processes.values()];
  const inNeed = (p: SurveyedProcess): boolean => p.state === 'Z' || p.state === 'D';
  return [...all.filter(inNeed), ...all.filter((p) => !inNeed(p))];
}

async function readThreads(host: Host, pid: number): Promise<Thread[]> {
  const tids = await host.files.list(host.proc(`${pid}/task`), { bulk: true });
  if (!tids.ok) return [];
  const threads = await Promise.all(tids.value.map((tid) => readThread(host, pid, Number(tid), { bulk: true })));
  return threads.filter((thread) => thread !== null);
}

/** A thread as it is now; null where it is gone. */
export async function readThread(
  host: Host,
  pid: number,
  tid: number,
  options: ReadOptions = {},
): Promise<Thread | null> {
  const read = await host.files.readText(host.proc(`${pid}/task/${tid}/stat`), { ...options, maxBytes: 4096 });
  const stat = read.ok ? parseProcStat(read.value) : null;
  return stat && { pid, tid, comm: stat.comm, state: stat.state };
}
