import { z } from 'zod';

/** Of the JSON that `remediate --yes -o json` prints; raised when a reader of the old form would break. */
export const RUN_SCHEMA_VERSION = 1;

/** How a run of `remediate` went, in one language; the entries are English, as in the audit log. */
export const runJsonSchema = z.object({
  schemaVersion: z.literal(RUN_SCHEMA_VERSION),
  tool: z.object({ name: z.string(), version: z.string() }),
  lang: z.string(),
  node: z.string(),
  run: z.string().describe('As in the audit log'),
  result: z
    .enum(['back', 'nothing', 'stands', 'refused', 'interrupted', 'owes', 'undone'])
    .describe('back: proven and returned; owes: well, but something changed for a time is not put back'),
  summary: z.string(),
  journal: z.string().describe('The audit log'),
  evidence: z.array(z.string()).describe('Bundles that were kept, in order'),
  entries: z.array(z.looseObject({ type: z.string(), at: z.iso.datetime() })).describe('What the audit log says of it'),
});
export type RunJson = z.infer<typeof runJsonSchema>;
