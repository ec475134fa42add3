import type { CaseFile } from '../../src/evidence/case-file.ts';

/** Where cases come from. */
export const SETS = ['incidents', 'recordings'] as const;
export type CaseSet = (typeof SETS)[number];

/** What was so. Slugs may be of causes that the catalogue does not have yet. */
export interface CaseTruth {
  /** null: nothing was wrong. */
  readonly cause: string | null;
  /** Other verdicts that would not be wrong. */
  readonly accept: readonly string[];
  /** The evidence cannot tell the cause: `undetermined` is right. */
  readonly symptomOnly: boolean;
}

/** A case as it was in hand. */
export interface CaseInHand {
  readonly caseFile: CaseFile;
  /** Messages of logs, without their headers, for plain rules that look at nothing else. */
  readonly messages: readonly string[];
}

export interface AccuracyCase {
  readonly id: string;
  readonly set: CaseSet;
  readonly truth: CaseTruth;
  readonly read: () => Promise<CaseInHand>;
}
