export interface LoadAverage {
  readonly load1: number;
  readonly load5: number;
  readonly load15: number;
  readonly runnable: number;
  /** Threads that exist, kernel threads included. */
  readonly tasks: number;
}

/** /proc/loadavg: `2.26 0.78 0.32 1/95 6382`; null if it is not of that form. Source: proc_loadavg(5). */
export function parseLoadAverage(text: string): LoadAverage | null {
  const match = /^([\d.]+) ([\d.]+) ([\d.]+) (\d+)\/(\d+) /.exec(text);
  if (!match) return null;
  const [load1 = 0, load5 = 0, load15 = 0, runnable = 0, tasks = 0] = match.slice(1).map(Number);
  return { load1, load5, load15, runnable, tasks };
}
