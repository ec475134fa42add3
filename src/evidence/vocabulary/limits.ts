import { z } from 'zod';

/** What an examination can lack. A cause names the topics it needs. */
export const TOPICS = [
  'processes',
  'kernel-stacks',
  'open-files',
  'mounts',
  'filesystems',
  'disks',
  'pressure',
  'cgroups',
  'docker',
  'cri',
  'containerd',
  'components',
  'systemd',
  'kubelet',
  'kubelet-log',
  'kernel-log',
  'node-object',
  'node-events',
  'node-pods',
  'api-server',
  'certificates',
] as const;
export type Topic = (typeof TOPICS)[number];

/** Something that was not or not wholly examined, and what would change that. About the node. */
export const gap = z.object({
  type: z.literal('gap'),
  topic: z.enum(TOPICS),
  /**
   * `absent`: there is no such thing here (no kubelet, no PSI). `not-here`: only the node itself shows it, and this was
   * asked from another machine. All but `absent` leave the question open.
   */
  why: z.enum(['absent', 'not-here', 'no-permission', 'stuck', 'budget', 'failed']),
  /** Whole topic, or a part of it. */
  partial: z.boolean(),
  detail: z.string(),
});

/** A read that never came back: evidence in itself. About what was read, where that is known. */
export const stuckRead = z.object({
  type: z.literal('stuck-read'),
  operation: z.string(),
  path: z.string(),
  waitedMs: z.number(),
  /** Our own disposable child that hangs in it. */
  childPid: z.number(),
  childState: z.string().nullable(),
  childWchan: z.string().nullable(),
});
