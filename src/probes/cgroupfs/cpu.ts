import type { FactOf } from '../../evidence/observation.ts';
import { parseKeyValues } from '../procfs/key-values.ts';
import { growth } from '../window.ts';
import type { CgroupFiles } from './files.ts';

export const CPU_FILES = {
  v1: ['cpu.cfs_quota_us', 'cpu.cfs_period_us', 'cpu.stat'],
  v2: ['cpu.max', 'cpu.stat'],
} as const;

/** CPU quota and throttling between two readings; null where the cgroup has no quota files. Source: Documentation/scheduler/sched-bwc.rst. */
export function cgroupCpuFact(before: CgroupFiles, after: CgroupFiles, windowMs: number): FactOf<'cgroup-cpu'> | null {
  const bandwidth = readBandwidth(after);
  const stat = after.get('cpu.stat');
  if (bandwidth === null || stat === undefined) return null;
  const [first, second] = [parseKeyValues(before.get('cpu.stat') ?? stat), parseKeyValues(stat)];
  const grown = (name: string): number => growth(first.get(name) ?? 0, second.get(name) ?? 0);
  return {
    type: 'cgroup-cpu',
    ...bandwidth,
    windowMs,
    periods: grown('nr_periods'),
    throttledPeriods: grown('nr_throttled'),
    // v1 counts nanoseconds, v2 microseconds.
    throttledMs: grown('throttled_time') / 1_000_000 + grown('throttled_usec') / 1000,
  };
}

/**
 * How long to look at cgroups to tell how often they are throttled: a few of the longest period among them, for some
 * take a second each. Waits no longer than for periods of a second, the longest that the kernel takes.
 */
export function cpuWindowMs(cgroups: readonly CgroupFiles[]): number {
  const periods = cgroups.map((files) => readBandwidth(files)?.periodMs ?? 0);
  return Math.min(Math.max(0, ...periods) * PERIODS, LONGEST_WINDOW_MS);
}

/** Three full ones, and the parts of one at either end. */
const PERIODS = 3.5;
const LONGEST_WINDOW_MS = 3500;

/** @returns null where there are no such files */
function readBandwidth(
  files: CgroupFiles,
): { readonly quotaCpus: number | null; readonly periodMs: number | null } | null {
  const max = files.get('cpu.max');
  const [quota, period] =
    max === undefined ? [files.get('cpu.cfs_quota_us'), files.get('cpu.cfs_period_us')] : max.split(' ');
  if (quota === undefined) return null;
  const cpus = Number(quota) / Number(period);
  const limited = Number.isFinite(cpus) && cpus > 0;
  return limited ? { quotaCpus: cpus, periodMs: Number(period) / 1000 } : { quotaCpus: null, periodMs: null };
}
