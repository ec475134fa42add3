import { z } from 'zod';

/**
 * How many cgroups a hierarchy has. `cgroups` of v1 counts those that are deleted and still referenced as well.
 * Sources: num_cgroups of /proc/cgroups (v1); nr_descendants and nr_dying_descendants of cgroup.stat at the root (v2). About the node.
 */
export const cgroupCounts = z.object({
  type: z.literal('cgroup-counts'),
  /** Of v1 `memory`, `pids` ...; `all` for the unified hierarchy. */
  controller: z.string(),
  cgroups: z.number(),
  /** Deleted, but not yet gone; null where the kernel does not tell. */
  dying: z.number().nullable(),
});

/** What systemd says of the whole system, and what is planned. Sources: systemctl show, /run/systemd/shutdown/scheduled. About the node. */
export const systemState = z.object({
  type: z.literal('system-state'),
  /** `running`, `degraded`, `starting`, `stopping`, `maintenance` ...; null where it did not answer. */
  state: z.string().nullable(),
  tookMs: z.number(),
  /** Names of units that it keeps in memory, of at most 131072; null where not told. */
  units: z.number().nullable(),
  /** Jobs that are queued or run; null where not told. */
  jobs: z.number().nullable(),
  /** Unix ms of a planned shutdown; null where none is planned. */
  shutdownAt: z.number().nullable(),
});

/** Memory errors that a memory controller has counted since boot. Source: /sys/devices/system/edac/mc/mcN. About the node. */
export const memoryErrors = z.object({
  type: z.literal('memory-errors'),
  /** `mc0` */
  controller: z.string(),
  corrected: z.number(),
  uncorrected: z.number(),
});

/** The kernel's log as it was read: that it is quiet says something only where it is known how far back it goes. About the node. */
export const kernelLog = z.object({
  type: z.literal('kernel-log'),
  lines: z.number(),
  /** Unix ms of the oldest line that was kept; null where lines tell no time. */
  firstAt: z.number().nullable(),
});

/** The host's clock. Source: timedatectl. About the node. */
export const clock = z.object({
  type: z.literal('clock'),
  /** By the kernel's word (adjtimex); null where not told. */
  synchronised: z.boolean().nullable(),
  /** The hardware clock less the system's, ms; null where not told. */
  rtcAheadMs: z.number().nullable(),
});
