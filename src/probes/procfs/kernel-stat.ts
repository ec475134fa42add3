/** CPU time of all CPUs since boot, in clock ticks. */
export interface CpuTimes {
  readonly total: number;
  readonly idle: number;
  readonly iowait: number;
  readonly steal: number;
}

export interface KernelStat {
  readonly times: CpuTimes | null;
  /** CPUs online. */
  readonly cpus: number;
  /** Unix seconds; null where the file has none. */
  readonly bootTime: number | null;
}

/** /proc/stat. Source: proc_stat(5); guest time is already counted in user time. */
export function parseKernelStat(text: string): KernelStat {
  let times: CpuTimes | null = null;
  let bootTime: number | null = null;
  let cpus = 0;
  for (const line of text.split('\n')) {
    if (line.startsWith('cpu ')) times = parseTimes(line);
    else if (/^cpu\d+ /.test(line)) cpus += 1;
    else if (line.startsWith('btime ')) bootTime = Number.parseInt(line.slice(6), 10) || null;
  }
  return { times, cpus, bootTime };
}

function parseTimes(line: string): CpuTimes | null {
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const total = user + nice + system + idle + iowait + irq + softirq + steal;
  return Number.isFinite(total) ? { total, idle, iowait, steal } : null;
}

export interface CpuShares {
  readonly busy: number;
  readonly iowait: number;
  readonly steal: number;
}

/** Shares (0-1) of the CPU time that passed between two readings; null where none did. iowait may run backwards. */
export function cpuShares(before: CpuTimes, after: CpuTimes): CpuShares | null {
  const total = after.total - before.total;
  if (total <= 0) return null;
  const share = (ticks: number): number => Math.min(Math.max(ticks / total, 0), 1);
  const iowait = share(after.iowait - before.iowait);
  const steal = share(after.steal - before.steal);
  return { busy: Math.max(1 - share(after.idle - before.idle) - iowait - steal, 0), iowait, steal };
}
