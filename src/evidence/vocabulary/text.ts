import { z } from 'zod';

/** A text that was given to be diagnosed, and what was made of it. About the node. */
export const textInput = z.object({
  type: z.literal('text-input'),
  /** As it was given: a path, `stdin`. */
  file: z.string(),
  /** What it holds: `kubelet-log`, `events`, `process-list` ...; empty where nothing was recognised. */
  kinds: z.array(z.string()),
  /** Machines that its lines are of, the one with the most first. */
  hosts: z.array(z.string()),
  /** Nodes that it tells of as well, and that were passed over: a case is of one. */
  otherNodes: z.array(z.string()).optional(),
  lines: z.number(),
  /** Unix ms of the oldest and the newest line that tells its time; null where none does. */
  firstAt: z.number().nullable(),
  lastAt: z.number().nullable(),
  /** The year that lines without one were given, and the minutes east of UTC; null where none had to be assumed. */
  assumedYear: z.number().nullable(),
  assumedZone: z.number().nullable(),
  /** Lines that are more than a minute older than one before them. */
  outOfOrder: z.number(),
  /** Why it was not read to its end; null where it was. */
  problem: z.string().nullable(),
});
