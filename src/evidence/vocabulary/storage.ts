import { z } from 'zod';

/** A line of mountinfo (proc_pid_mountinfo(5)). `namespace` container: seen from a process in trouble, not from the host. */
export const mount = z.object({
  type: z.literal('mount'),
  namespace: z.enum(['host', 'container']),
  mountPoint: z.string(),
  root: z.string(),
  fsType: z.string(),
  source: z.string(),
  majorMinor: z.string(),
  /** By mount or superblock option `ro`. */
  readOnly: z.boolean(),
  /** The filesystem itself fell back to read-only: superblock `ro` while the mount asks for `rw`, or `errors=remount-ro` done. */
  remountedReadOnly: z.boolean(),
});

/** statfs(2) in a disposable child. `stuck`: no answer by the deadline. */
export const statfs = z.object({
  type: z.literal('statfs'),
  outcome: z.enum(['ok', 'error', 'stuck']),
  tookMs: z.number(),
  /** Errno name: `ENOTCONN` is a FUSE mount whose daemon died, `ESTALE` a stale NFS handle. */
  error: z.string().nullable(),
  totalBytes: z.number().nullable(),
  availableBytes: z.number().nullable(),
  inodes: z.number().nullable(),
  inodesFree: z.number().nullable(),
  /** What of the runtime or kubelet lies here: `docker-root`, `containerd-root`, `crio-root`, `kubelet-root`, `root`, `log`, `tmp`. */
  roles: z.array(z.string()),
});

/** Requests waiting in a FUSE connection and whether someone serves it. Source: /sys/fs/fuse/connections/N/waiting. */
export const fuseConnection = z.object({
  type: z.literal('fuse-connection'),
  waiting: z.number(),
  /** Process that holds /dev/fuse for it; null: none found or not examinable. */
  serverPid: z.number().nullable(),
  serverState: z.string().nullable(),
});

/** A block device. Sources: /sys/block/NAME/{ro,size,loop/backing_file,dm/suspended,device/state}. */
export const blockDevice = z.object({
  type: z.literal('block-device'),
  name: z.string(),
  majorMinor: z.string(),
  readOnly: z.boolean(),
  /** For loop devices. */
  backingFile: z.string().nullable(),
  /** Device-mapper only. */
  suspended: z.boolean().nullable(),
  /** SCSI state: running, offline, blocked, transport-offline ...; NVMe's (its `live` given as running); null elsewhere. */
  state: z.string().nullable(),
});

/** Block I/O over the sampling window. Source: Documentation/admin-guide/iostats.rst. */
export const diskActivity = z.object({
  type: z.literal('disk-activity'),
  name: z.string(),
  majorMinor: z.string(),
  windowMs: z.number(),
  completed: z.number(),
  readBytes: z.number(),
  writtenBytes: z.number(),
  /** Share of the window with a request in flight. */
  utilisation: z.number(),
  /** Mean time of a completed request; null where none completed. */
  awaitMs: z.number().nullable(),
  inFlight: z.number(),
});

/** A process whose mount namespace still has a mount that elsewhere is to go. Source: /proc/PID/mountinfo. About the process. */
export const mountHolder = z.object({
  type: z.literal('mount-holder'),
  pid: z.number(),
  /** As that process sees it. */
  mountPoint: z.string(),
  fsType: z.string(),
});
