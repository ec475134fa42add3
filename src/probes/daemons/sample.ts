import type { Host } from '../../host/host.ts';
import { type ProcStat, parseProcStat } from '../../host/proc-stat.ts';

/** A process and its threads at one moment. */
export interface DaemonSample {
  readonly stat: ProcStat;
  /** State letter of each thread that could be read, by tid. */
  readonly threads: ReadonlyMap<number, ThreadState>;
}

export interface ThreadState {
  readonly comm: string;
  readonly state: string;
}

/** A Go daemon has some hundred threads at the very most, until calls that hang pile up in it. */
const MAX_THREADS = 2000;

/** Reads /proc/PID/stat and those of its threads; null where the process is gone. Source: proc_pid_stat(5). */
export async function sampleDaemon(host: Host, pid: number): Promise<DaemonSample | null> {
  const [read, tids] = await Promise.all([
    host.files.readText(host.proc(`${pid}/stat`), { maxBytes: 4096 }),
    host.files.list(host.proc(`${pid}/task`)),
  ]);
  const stat = read.ok ? parseProcStat(read.value) : null;
  if (stat === null) return null;
  const names = tids.ok ? tids.value.slice(0, MAX_THREADS) : [];
  const stats = await Promise.all(
    names.map((tid) => host.files.readText(host.proc(`${pid}/task/${tid}/stat`), { maxBytes: 4096 })),
  );
  const threads = stats.flatMap((s) => (s.ok ? (parseProcStat(s.value) ?? []) : []));
  return { stat, threads: new Map(threads.map(({ pid: tid, comm, state }) => [tid, { comm, state }])) };
}

/** How many threads are in each state. */
export function countStates({ stat, threads }: DaemonSample): Record<string, number> {
  const counts: Record<string, number> = {};
  const states = threads.size > 0 ? [...threads.values()].map((t) => t.state) : [stat.state];
  for (const state of states) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
