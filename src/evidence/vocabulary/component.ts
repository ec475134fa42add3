import { z } from 'zod';
import { taskState } from './process.ts';

export const COMPONENTS = ['dockerd', 'containerd', 'crio', 'cri-dockerd', 'kubelet'] as const;

/** A running daemon. About a component. */
export const component = z.object({
  type: z.literal('component'),
  name: z.enum(COMPONENTS),
  pid: z.number(),
  state: taskState,
  lasting: z.boolean(),
  /** Threads by state letter. */
  threadStates: z.record(z.string(), z.number()),
  startedAt: z.number().nullable(),
  exe: z.string().nullable(),
  version: z.string().nullable(),
  args: z.array(z.string()),
  /** Unix sockets it listens on, as paths. */
  listensOn: z.array(z.string()),
  /** pid of the component that started it (dockerd starts a containerd of its own), else null. */
  startedBy: z.number().nullable(),
});

/** A daemon that should run and does not. About a component (absent). */
export const componentAbsent = z.object({
  type: z.literal('component-absent'),
  name: z.enum(COMPONENTS),
  /** What says that it should: `socket-file`, `unit`, `containers-left`, `config`. */
  expectedBecause: z.enum(['socket-file', 'unit', 'shims-left', 'config', 'endpoint-given']),
  detail: z.string(),
  /** Unix ms at which it bound the socket it left: it ran then. Absent where there is no such file. */
  boundAt: z.number().optional(),
});

/** A unit of systemd (systemctl show). About a component. */
export const unit = z.object({
  type: z.literal('unit'),
  unit: z.string(),
  activeState: z.string(),
  subState: z.string(),
  result: z.string(),
  restarts: z.number().nullable(),
  /** Unix ms. */
  activeSince: z.number().nullable(),
  mainPid: z.number().nullable(),
});

/** A containerd-shim or conmon. About a shim. */
export const shim = z.object({
  type: z.literal('shim'),
  pid: z.number(),
  state: taskState,
  lasting: z.boolean(),
  /** Ids on its command line: one container, or a whole pod's sandbox. */
  containerId: z.string(),
  namespace: z.string().nullable(),
  startedAt: z.number().nullable(),
});

/**
 * Goroutines of a daemon that wait alike, in a dump of its stacks. About a component. Source: Go's runtime/traceback.go,
 * `goroutine 12 [semacquire, 34 minutes]:`; the minutes are there from one on.
 */
export const goroutines = z.object({
  type: z.literal('goroutines'),
  /** As Go says it: `semacquire`, `sync.Mutex.Lock`, `chan receive`, `syscall`, `IO wait`, `select` ... */
  wait: z.string(),
  /** The longest, in minutes. */
  minutes: z.number(),
  count: z.number(),
  /** Functions from the innermost out, without Go's own. */
  stack: z.array(z.string()),
  /** For a mutex that another goroutine holds. */
  waitsForLock: z.boolean(),
  /** Works on an object of which others wait for the lock, for at least as long as they do. Absent in case files of before. */
  holdsLock: z.boolean().optional(),
});

export const SOFTWARE = ['kubelet', 'dockerd', 'containerd', 'crio', 'runc', 'systemd', 'kernel'] as const;

/** A version that was stated without a process to go with it: by Docker of what it runs, or in a text. About the node. */
export const software = z.object({
  type: z.literal('software'),
  name: z.enum(SOFTWARE),
  /** `18.09.8`, `1.0.0-rc93`, `4.15.0-1036-azure` */
  version: z.string(),
});
