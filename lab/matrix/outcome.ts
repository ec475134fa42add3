import { z } from 'zod';
import { CAUSE_SLUGS } from '../../src/causes/slugs.ts';
import type { DiagnosisJson } from '../../src/report/schema.ts';
import { subjectDifferences } from '../compare.ts';
import { textOf } from '../errors.ts';
import type { ExpectedSubject, Truth } from '../scenario.ts';

/** One diagnosis held against what was so. */
const judgedSchema = z.object({
  /** Name of the look; null where a scenario has but one. */
  look: z.string().nullable(),
  /** null: nothing was wrong. */
  truth: z.enum(CAUSE_SLUGS).nullable(),
  verdict: z.enum([...CAUSE_SLUGS, 'undetermined']).nullable(),
  /** Whether the verdict names whom it must; null where there is nobody to name. */
  subjectsRight: z.boolean().nullable(),
  /** In what it differs from the truth, in whatever way. */
  differences: z.array(z.string()),
});
export type Judged = z.infer<typeof judgedSchema>;

/** What came of one scenario. */
export const outcomeSchema = z.object({
  /** `host/healthy`, `cluster/hung-shim` */
  scenario: z.string(),
  judged: z.array(judgedSchema),
  /** Why it could not be made or read; null where it could. */
  failure: z.string().nullable(),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** One diagnosis of a scenario, with how it was judged. */
export interface Diagnosis {
  readonly look: string | null;
  readonly truth: Truth;
  readonly subjects: readonly ExpectedSubject[];
  readonly json: Pick<DiagnosisJson, 'verdict'>;
  readonly differences: readonly string[];
}

export function judge({ look, truth, subjects, json, differences }: Diagnosis): Judged {
  const missing = subjectDifferences(truth, { subjects }, json);
  const named = truth.subjects.length > 0;
  const right = json.verdict?.cause === truth.cause && missing.length === 0;
  return {
    look,
    truth: truth.cause,
    verdict: json.verdict?.cause ?? null,
    subjectsRight: named ? right : null,
    differences: [...differences],
  };
}

export function isRight({ judged, failure }: Outcome): boolean {
  return failure === null && judged.length > 0 && judged.every((j) => j.differences.length === 0);
}

/** What came of a scenario, whatever comes. */
export async function tried(scenario: string, make: () => Promise<Judged[]>): Promise<Outcome> {
  try {
    return { scenario, judged: await make(), failure: null };
  } catch (error) {
    return { scenario, judged: [], failure: textOf(error).en };
  }
}
