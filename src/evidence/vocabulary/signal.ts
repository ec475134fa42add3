import { z } from 'zod';

/** Messages of a kubelet or runtime log that bear on Ready, by meaning and not by wording. */
export const LOG_SIGNALS = [
  'pleg-unhealthy',
  'relist-failed',
  'runtime-call-timeout',
  'runtime-down',
  'network-not-ready',
  'container-kill-failed',
  'event-channel-full',
  'node-became-not-ready',
  'node-became-ready',
  'kubelet-started',
  'certificate-expired',
  'disk-pressure',
  'shim-disconnected',
  'api-server-unreachable',
  'api-server-unauthorized',
  'cni-failed',
  'eviction',
  'memory-pressure',
  'pid-pressure',
  'image-pull-failed',
  // Told apart for logs that are all there is.
  'runtime-call-failed',
  'container-died',
  'container-back-off',
  'container-start-failed',
  'container-remove-failed',
  'pod-deleted',
  'pod-orphaned',
  'pod-not-cleaned-up',
  'kubelet-failed',
  'unit-failed',
  'no-processes-left',
  'no-watches-left',
  'no-cgroups-left',
  'no-units-left',
  'removal-blocked',
  'device-plugin-lost',
  'systemd-silent',
  'clock-wrong',
  'shutting-down',
  'exec-timeout',
  'kubelet-misconfigured',
  'kubelet-panicked',
  'runtime-misconfigured',
  'runtime-records-damaged',
  'runtime-records-disagree',
  'runtime-started',
  'task-state-timeout',
] as const;

/** Who writes a log that is read for signals. */
export const SIGNAL_LOGS = ['kubelet', 'dockerd', 'containerd', 'crio', 'systemd', 'kube-controller-manager'] as const;

/** How a runtime call failed, as far as the line tells. */
export const CALL_ERRORS = ['deadline', 'refused', 'not-found', 'exhausted', 'other'] as const;

/** A line of a log that means something. `at` of the observation is the line's own time. */
export const logSignal = z.object({
  type: z.literal('log-signal'),
  signal: z.enum(LOG_SIGNALS),
  log: z.enum(SIGNAL_LOGS),
  line: z.string(),
  containerId: z.string().nullable(),
  /** For pleg-unhealthy: `last seen active ... ago`. */
  ageMs: z.number().nullable(),
  /** The runtime call it tells of, as the CRI names it: `ContainerStatus`, `ListPodSandbox` ...; absent where it names none. */
  call: z.string().optional(),
  /** How that call failed; absent where it tells of none. */
  error: z.enum(CALL_ERRORS).optional(),
});

export const KERNEL_SIGNALS = [
  'hung-task',
  'soft-lockup',
  'hard-lockup',
  'rcu-stall',
  'io-error',
  'filesystem-error',
  'remounted-read-only',
  'oom-kill',
  'unregister-netdevice',
  'nfs-not-responding',
  'machine-check',
  'oops',
  'page-allocation-failure',
  'transmit-timeout',
  'medium-error',
  'pcie-error',
  'gpu-error',
  'overheated',
  'clock-unstable',
  'going-down',
] as const;
/** A message of the kernel log. */
export const kernelSignal = z.object({
  type: z.literal('kernel-signal'),
  signal: z.enum(KERNEL_SIGNALS),
  line: z.string(),
  task: z.string().nullable(),
  pid: z.number().nullable(),
  device: z.string().nullable(),
  /** Of `blocked for more than N seconds`. */
  seconds: z.number().nullable(),
  /** Unix ms at which a later line said that it is over (`nfs: server X OK`, the filesystem unmounted); absent where none did. */
  endedAt: z.number().optional(),
});
