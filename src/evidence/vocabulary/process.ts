import { z } from 'zod';

/** One letter, proc_pid_stat(5): R S D Z T t X x K W P I. */
export const taskState = z.string().length(1);

/** A process worth keeping: of a container, a shim, a component, D, Z or T, or one that such a one descends from. */
export const process = z.object({
  type: z.literal('process'),
  pid: z.number(),
  ppid: z.number(),
  /** Field 22 of /proc/PID/stat, clock ticks since boot: with the pid it names the process for good. */
  startTicks: z.number(),
  /** Unix ms. */
  startedAt: z.number().nullable(),
  comm: z.string(),
  /** null: not readable or not tried; empty for zombies and kernel threads. */
  cmdline: z.string().nullable(),
  exe: z.string().nullable(),
  state: taskState,
  /** Same state in both samples. */
  lasting: z.boolean(),
  threads: z.number(),
  uid: z.number().nullable(),
  /** Reparented to PID 1 (or a subreaper) although its cgroup is a container's: its shim is gone. */
  adopted: z.boolean(),
});

/** A thread in D, seen twice; or a thread that lasts in T where its component should run. */
export const thread = z.object({
  type: z.literal('thread'),
  pid: z.number(),
  tid: z.number(),
  comm: z.string(),
  state: taskState,
  /** Kernel function it sleeps in; null where not readable, `0` is kept as null. */
  wchan: z.string().nullable(),
  /** Function names, innermost first; null where not readable (needs CAP_SYS_ADMIN). */
  stack: z.array(z.string()).nullable(),
  syscall: z
    .object({
      number: z.number(),
      /** null where the architecture's table does not know it. */
      name: z.string().nullable(),
      /** The path argument read from the thread's memory, or that of its descriptor. */
      path: z.string().nullable(),
    })
    .nullable(),
  /** In the same wchan, without having run (schedstat, context switches), in both samples. */
  stuck: z.boolean(),
  sampledMs: z.number(),
});

/** A file that a process or thread in trouble has open, with the mount it lies on. */
export const openFile = z.object({
  type: z.literal('open-file'),
  fd: z.number(),
  path: z.string(),
});

/** Counts over the whole host: what is normal is not listed process by process. */
export const processCounts = z.object({
  type: z.literal('process-counts'),
  processes: z.number(),
  threads: z.number(),
  /** Tasks (threads, dead leaders included) by state letter. */
  byState: z.record(z.string(), z.number()),
  /** Zombies seen in both samples. */
  lastingZombies: z.number(),
  /** runc, crun and CNI plugin processes older than 30 s by name. */
  lingering: z.record(z.string(), z.number()),
});

/**
 * A CNI plugin at work, in both samples the same process. About the process, the container (sandbox) and the pod where
 * its environment names them. Source: /proc/PID/environ, the variables of the CNI specification.
 */
export const cniCall = z.object({
  type: z.literal('cni-call'),
  pid: z.number(),
  /** As of a process; not in bundles of older versions. */
  startTicks: z.number().optional(),
  /** File name of the plugin. */
  plugin: z.string(),
  /** `ADD`, `DEL`, `CHECK` ... */
  command: z.string(),
  ageMs: z.number(),
  state: taskState,
  /** Kernel function it sleeps in; null where not readable. */
  wchan: z.string().nullable(),
  containerId: z.string().nullable(),
  netns: z.string().nullable(),
  podNamespace: z.string().nullable(),
  podName: z.string().nullable(),
  /** Name and pid of the daemon that started it; null where that is gone. */
  caller: z.object({ name: z.string(), pid: z.number() }).nullable(),
});
