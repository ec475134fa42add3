import { z } from 'zod';
import { entitySchema, linkSchema } from './entity.ts';
import { observationSchema } from './observation.ts';
import { sourceSchema } from './source.ts';

/** Raised when the form of a case file changes so that an older notready could misread it. */
export const CASE_FORMAT_VERSION = 1;

export const caseHeaderSchema = z.object({
  formatVersion: z.literal(CASE_FORMAT_VERSION),
  tool: z.object({ name: z.literal('notready'), version: z.string() }),
  /** Unix ms. `to` is the "now" of every diagnosis made from this case file. */
  examined: z.object({ from: z.number(), to: z.number() }),
});

/**
 * All that one examination saw: facts with their provenance, about a graph of entities.
 * Probes write it, diagnosis reads it, nothing else passes between them.
 */
export const caseFileSchema = caseHeaderSchema.extend({
  sources: z.array(sourceSchema),
  entities: z.array(entitySchema),
  links: z.array(linkSchema),
  observations: z.array(observationSchema),
});
export type CaseFile = z.infer<typeof caseFileSchema>;
