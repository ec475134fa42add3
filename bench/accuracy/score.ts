import type { Diagnosis } from '../../src/diagnose/diagnosis.ts';
import type { CaseTruth } from './accuracy-case.ts';

/** What notready said of a case, held against what was so. */
export interface Score {
  /** null: nothing wrong was found. */
  readonly verdict: string | null;
  readonly status: string | null;
  readonly confidence: number | null;
  /** The verdict, or one that would not be wrong either; for a symptom alone, `undetermined` too. */
  readonly right: boolean;
  /** Candidates that anything speaks for, the likeliest three. */
  readonly topThree: readonly string[];
  readonly rightInTopThree: boolean;
}

const SPOKEN_FOR: ReadonlySet<string> = new Set(['confirmed', 'likely', 'possible']);

export function scoreOf({ verdict, differential }: Diagnosis, truth: CaseTruth): Score {
  const cause = verdict?.cause ?? null;
  const topThree = differential
    .filter((c) => SPOKEN_FOR.has(c.status))
    .slice(0, 3)
    .map((c) => c.cause);
  const right = isRight(cause, truth);
  const among = topThree.some((c) => isRight(c, truth));
  return {
    verdict: cause,
    status: verdict?.status ?? null,
    confidence: verdict?.confidence ?? null,
    right,
    topThree,
    rightInTopThree: right || (truth.cause !== null && among),
  };
}

export function isRight(verdict: string | null, { cause, accept, symptomOnly }: CaseTruth): boolean {
  if (verdict === null || cause === null) return verdict === cause;
  return verdict === cause || accept.includes(verdict) || (symptomOnly && verdict === 'undetermined');
}
