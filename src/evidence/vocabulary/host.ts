import { z } from 'zod';

const share = z.number();
const ms = z.number();

/** The host as a whole. Sources: uname(2), /proc/stat btime, /proc/self/status, /proc/mounts. */
export const host = z.object({
  type: z.literal('host'),
  hostname: z.string(),
  kernel: z.string(),
  os: z.string(),
  arch: z.string(),
  cpus: z.number(),
  /** Unix ms; null where /proc/stat has no btime. */
  bootedAt: ms.nullable(),
  cgroups: z.enum(['v1', 'v2', 'hybrid', 'none']),
  /** Name of PID 1. */
  init: z.string(),
  /** Effective user id of the examination. */
  uid: z.number(),
});

/** /proc/loadavg. */
export const load = z.object({
  type: z.literal('load'),
  load1: z.number(),
  load5: z.number(),
  load15: z.number(),
  runnable: z.number(),
  tasks: z.number(),
});

/**
 * Pressure stall information, percentages as the kernel gives them (0-100), and the share (0-1) of the
 * sampling window spent stalled. Source: Documentation/accounting/psi.rst. About the node, or a cgroup.
 */
export const pressure = z.object({
  type: z.literal('pressure'),
  resource: z.enum(['cpu', 'memory', 'io']),
  some: z.object({ avg10: z.number(), avg60: z.number(), avg300: z.number() }),
  full: z.object({ avg10: z.number(), avg60: z.number(), avg300: z.number() }).nullable(),
  windowMs: ms.nullable(),
  windowSome: share.nullable(),
  windowFull: share.nullable(),
});

/** CPU time over the sampling window, as shares (0-1) of all CPUs. Source: /proc/stat. */
export const cpu = z.object({
  type: z.literal('cpu'),
  windowMs: ms,
  busy: share,
  iowait: share,
  steal: share,
});

/** /proc/meminfo and /proc/vmstat. Counters are over the sampling window. */
export const memory = z.object({
  type: z.literal('memory'),
  totalBytes: z.number(),
  availableBytes: z.number(),
  swapTotalBytes: z.number(),
  swapFreeBytes: z.number(),
  /** Kills since boot; null on kernels without the counter. */
  oomKillsSinceBoot: z.number().nullable(),
  windowMs: ms,
  directReclaims: z.number(),
  majorFaults: z.number(),
});

/** A countable limit and how much of it is used. `subject` says whose: the host, a user, a cgroup or a process. */
export const limit = z.object({
  type: z.literal('limit'),
  resource: z.enum(['pids', 'threads', 'open-files', 'inotify-instances', 'inotify-watches']),
  scope: z.enum(['host', 'user', 'cgroup', 'process']),
  subject: z.string(),
  used: z.number(),
  /** null: unlimited. */
  max: z.number().nullable(),
  /**
   * Times the limit was hit since the cgroup was made (pids.events `max`); null where not counted. Kernels count it in
   * the cgroup whose fork failed (v1) or in the one that has the limit, so it may stand where `max` is null.
   */
  hits: z.number().nullable(),
});

/** A CPU quota and what it did in the sampling window (cpu.stat). About a cgroup. */
export const cgroupCpu = z.object({
  type: z.literal('cgroup-cpu'),
  /** In CPUs: 0.1 is 10 ms of every 100; null: no quota. */
  quotaCpus: z.number().nullable(),
  /** Length of a period; null: no quota. Not in bundles of older versions. */
  periodMs: ms.nullable().optional(),
  windowMs: ms,
  periods: z.number(),
  throttledPeriods: z.number(),
  throttledMs: ms,
});

/** Memory of a cgroup. `hits`: times the limit was reached in the window (failcnt, memory.events max). */
export const cgroupMemory = z.object({
  type: z.literal('cgroup-memory'),
  usedBytes: z.number(),
  limitBytes: z.number().nullable(),
  windowMs: ms,
  hits: z.number().nullable(),
  oomKills: z.number().nullable(),
});

/**
 * A cgroup whose tasks are frozen by the freezer (docker pause does this). v1 tasks then show D, with the wchan
 * __refrigerator, or on newer kernels (seen on 6.18) that of whatever they slept in before: the wchan does not tell.
 */
export const cgroupFrozen = z.object({
  type: z.literal('cgroup-frozen'),
  state: z.enum(['frozen', 'freezing', 'thawed']),
});

/** An I/O ceiling of a cgroup on a device (blkio.throttle.*, io.max); null: none. About a cgroup. */
export const cgroupIo = z.object({
  type: z.literal('cgroup-io'),
  device: z.string(),
  readBps: z.number().nullable(),
  writeBps: z.number().nullable(),
  readIops: z.number().nullable(),
  writeIops: z.number().nullable(),
});

/** Time a component's threads spent on CPU and waiting for one, over the window. Source: /proc/PID/task/TID/schedstat. */
export const scheduling = z.object({
  type: z.literal('scheduling'),
  windowMs: ms,
  onCpuMs: ms,
  /** Runnable, but waiting for a CPU (run_delay), summed over threads. */
  waitedMs: ms,
});
