import { z } from 'zod';
import { STATUSES } from '../causes/cause.ts';
import { CAUSE_SLUGS, SYMPTOM_STATES } from '../causes/slugs.ts';
import { CORRELATION_KINDS, EPISODE_KINDS } from '../timeline/episode.ts';

/** Of the JSON that `-o json` prints; raised when a reader of the old form would break. */
export const DIAGNOSIS_SCHEMA_VERSION = 1;

const TRIGGER_KINDS = ['crash-loop', 'forced-deletion', 'drain'] as const;
const status = z.enum(STATUSES);
const instant = z.iso.datetime();
const state = z.enum([...CAUSE_SLUGS, ...SYMPTOM_STATES]);
const subject = z
  .looseObject({
    kind: z.string(),
    name: z.string(),
    id: z.string(),
  })
  .describe(
    'Whom it concerns, with ids by kind: container (containerId, pod, namespace), process (pid), thread (pid, tid), mount (path, device) ...',
  );
const finding = z.object({
  text: z.string(),
  observation: z.string().describe('Id of an observation in the bundle'),
  source: z.string().describe('What was read'),
  command: z.string().nullable().describe('How to see it oneself'),
});

/** The JSON form of a diagnosis, in one language. */
export const diagnosisJsonSchema = z.object({
  schemaVersion: z.literal(DIAGNOSIS_SCHEMA_VERSION),
  tool: z.object({ name: z.string(), version: z.string() }),
  lang: z.string(),
  node: z.string(),
  examined: z.object({
    from: instant,
    to: instant,
    sources: z.array(z.object({ what: z.string(), status: z.string(), tookMs: z.number() })),
    unseen: z
      .array(z.object({ topic: z.string(), why: z.string() }))
      .describe(
        'What matters most and could not be looked at at all; if not empty, a null verdict is no clean bill of health',
      ),
  }),
  verdict: z
    .object({
      cause: z.enum([...CAUSE_SLUGS, 'undetermined']),
      status,
      summary: z.string(),
      subjects: z.array(subject),
      confidence: z.number().min(0).max(1),
      endedAt: instant.optional().describe('When the fault was over; absent where it is present'),
      trigger: z
        .object({ kind: z.enum(TRIGGER_KINDS), text: z.string(), subjects: z.array(subject) })
        .optional()
        .describe('What made the fault show, where the evidence tells'),
    })
    .nullable()
    .describe('null: nothing wrong was found'),
  chain: z
    .array(
      z.object({
        state,
        title: z.string(),
        status: z.enum([...STATUSES, 'expected']),
        mechanism: z.string().nullable(),
        subjects: z.array(subject),
        because: z.array(finding),
      }),
    )
    .describe('Root cause first, symptom last'),
  differential: z.array(
    z.object({
      cause: z.enum(CAUSE_SLUGS),
      status,
      confidence: z.number().min(0).max(1),
      summary: z.string().nullable(),
      subjects: z.array(subject),
      evidence: z.array(finding),
      against: z.array(finding),
      missing: z.array(z.object({ topic: z.string(), text: z.string() })),
    }),
  ),
  symptoms: z.array(
    z.object({
      state,
      status,
      summary: z.string().nullable(),
      subjects: z.array(subject),
      evidence: z.array(finding),
      explainedBy: state.nullable(),
    }),
  ),
  flaps: z
    .object({
      transitions: z.number(),
      periodSeconds: z.number().nullable(),
      inferredRelistSeconds: z.number().nullable(),
      inferredHungCalls: z.number().nullable(),
      nextNotReady: z
        .object({ at: instant, withinSeconds: z.number() })
        .nullable()
        .describe('The next loss of Ready, give or take so many seconds; null where the evidence foretells none'),
      readyAgainAt: instant
        .nullable()
        .describe('When a node that is NotReady now will be Ready again; null while it is Ready'),
    })
    .nullable(),
  remedies: z.array(
    z.object({
      action: z.string(),
      title: z.string(),
      works: z.boolean(),
      why: z.string(),
      command: z.string().nullable(),
      risk: z.string(),
    }),
  ),
  notes: z.array(z.string()),
  timeline: z
    .object({
      from: instant,
      to: instant,
      episodes: z.array(
        z.object({
          kind: z.enum(EPISODE_KINDS),
          title: z.string(),
          from: instant,
          to: instant.describe('As `from`, where it was a moment'),
          begun: z.enum(['seen', 'before']),
          ended: z.enum(['seen', 'going-on', 'unknown']).describe('Only what is going on is present'),
          subject: z.string().nullable(),
          count: z.number().describe('Lines or calls that tell of it'),
          observation: z.string().describe('The last that tells of it: an id in the bundle'),
          side: z.enum(['node', 'control-plane']).optional().describe('Of a loss of Ready: whose word it is'),
        }),
      ),
      omitted: z.number().describe('Older episodes of kinds of which there are too many'),
      correlations: z.array(z.object({ kind: z.enum(CORRELATION_KINDS), text: z.string() })),
    })
    .optional()
    .describe('The time before the examination as episodes, as far as the evidence tells of it'),
});
export type DiagnosisJson = z.infer<typeof diagnosisJsonSchema>;
