import { z } from 'zod';
import { ENTITY_KINDS } from '../../../src/evidence/entity.ts';

/** What `course.json` calls itself. */
export const COURSE_FORMAT = 'notready-course';
/** Raised when an older reader could misread it. */
export const COURSE_FORMAT_VERSION = 1;

export const COURSE_FILE = 'course.json';
export const KUBELET_LOG = 'kubelet.log.gz';
export const RUNTIME_LOG = 'runtime.log.gz';

/** File of one look: an ordinary bundle. */
export function lookFile(name: string): string {
  return `${name}.tar.gz`;
}

/** Seconds since the course began, to a tenth; what is older than it is negative. */
const seconds = z.number();
const subject = z.object({ kind: z.enum(ENTITY_KINDS), anyOf: z.array(z.union([z.string(), z.number()])) });

const conditionSchema = z.object({
  at: seconds.describe('When it was first seen so'),
  type: z.string().describe('Ready, MemoryPressure ...'),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  message: z.string(),
});
const relistSchema = z.object({
  at: seconds,
  lastSeen: seconds.nullable().describe('kubelet_pleg_last_seen_seconds: start of the last relist that succeeded'),
  count: z.number().nullable().describe('kubelet_pleg_relist_duration_seconds_count'),
  sum: z.number().nullable().describe('kubelet_pleg_relist_duration_seconds_sum'),
});
const silenceSchema = z.object({ of: z.enum(['api-server', 'kubelet']), from: seconds, to: seconds });
const eventSchema = z.object({
  at: seconds.describe('Its last time'),
  first: seconds,
  count: z.number(),
  about: z.string().describe('Pod/default/calm'),
  severity: z.enum(['Normal', 'Warning']),
  reason: z.string(),
  message: z.string(),
});

/** What was seen of a node from before a fault until after it, beside the looks. */
export const courseSchema = z.object({
  format: z.literal(COURSE_FORMAT),
  formatVersion: z.literal(COURSE_FORMAT_VERSION),
  scenario: z.string(),
  kubelet: z.string().describe('Its version'),
  runtime: z.enum(['docker', 'cri']),
  pace: z
    .enum(['stock', 'brisk', 'own'])
    .describe('Heartbeats and grace periods: nobody tuned them, or they are shorter'),
  /** Unix ms. */
  startedAt: z.number(),
  lasted: seconds,
  looks: z.array(
    z.object({
      name: z.string().regex(/^[a-z][a-z0-9-]*$/),
      at: seconds,
      ready: z.enum(['True', 'False', 'Unknown']).nullable().describe('null: it could not be read'),
      subjects: z.array(subject).describe('Whom the verdict must name'),
    }),
  ),
  conditions: z.array(conditionSchema),
  leaseRenewals: z.array(seconds),
  relists: z.array(relistSchema),
  silences: z.array(silenceSchema).describe('From the first question that went unanswered to the next answer'),
  events: z.array(eventSchema),
});
export type Course = z.infer<typeof courseSchema>;
export type ConditionSeen = Course['conditions'][number];
export type RelistSeen = Course['relists'][number];
export type Silence = Course['silences'][number];
export type EventSeen = Course['events'][number];
