export interface SchedStat {
  readonly onCpuNs: number;
  /** Runnable, but waiting for a CPU. */
  readonly waitedNs: number;
}

/** /proc/PID/task/TID/schedstat: `on-CPU ns, run-delay ns, timeslices`; null if it is none. Source: Documentation/scheduler/sched-stats.rst. */
export function parseSchedStat(text: string): SchedStat | null {
  const match = /^(\d+) (\d+) \d+\s*$/.exec(text);
  return match && { onCpuNs: Number(match[1]), waitedNs: Number(match[2]) };
}
