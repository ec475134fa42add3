import { z } from 'zod';
import { CAUSE_SLUGS } from '../../causes/slugs.ts';

/** Of the JSON that `remediate -o json` prints; raised when a reader of the old form would break. */
export const PLAN_SCHEMA_VERSION = 1;

const act = z
  .looseObject({ kind: z.string() })
  .describe(
    'What is done, as data: its kind, and what it acts upon (node, taint, mountpoint, process with start time ...)',
  );

const step = z.object({
  id: z.string().describe('Stable over reruns: for --skip'),
  phase: z.enum(['free-gently', 'relieve', 'free', 'return']),
  act,
  title: z.string(),
  command: z.string().describe('The same by hand'),
  does: z.string(),
  breaks: z.string(),
  requires: z.array(z.object({ id: z.string(), text: z.string() })).describe('Checked again at the moment of acting'),
  deadlineMs: z.number(),
  verify: z.string(),
  undo: z.object({ act, command: z.string() }).nullable(),
  prediction: z.object({ outcome: z.enum(['works', 'may-work', 'cannot']), why: z.string() }),
  destroysEvidence: z.boolean(),
});

/** The JSON form of a plan, in one language. */
export const planJsonSchema = z.object({
  schemaVersion: z.literal(PLAN_SCHEMA_VERSION),
  tool: z.object({ name: z.string(), version: z.string() }),
  lang: z.string(),
  node: z.string(),
  madeFrom: z.iso.datetime().describe('End of the examination that it rests on'),
  cause: z
    .enum([...CAUSE_SLUGS, 'undetermined'])
    .nullable()
    .describe('null: nothing wrong was found'),
  summary: z.string().nullable(),
  steps: z.array(step).describe('In the order in which they are taken, each only if still needed'),
  byHand: z.array(
    z.object({
      action: z.string(),
      title: z.string(),
      command: z.string().nullable(),
      why: z.string(),
      risk: z.string(),
      leftBecause: z.string(),
    }),
  ),
  futile: z
    .array(z.object({ action: z.string(), title: z.string(), command: z.string().nullable(), why: z.string() }))
    .describe('Cannot work here'),
  notes: z.array(z.string()),
});
export type PlanJson = z.infer<typeof planJsonSchema>;
