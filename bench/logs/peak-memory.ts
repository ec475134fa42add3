import { readFileSync } from 'node:fs';

/** The highest resident memory of this process, MiB. Not getrusage: its maximum includes what the parent had when it forked. */
export function peakMemory(): string {
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? Number.NaN;
  return (Number(peak) / 1024).toFixed(0);
}
