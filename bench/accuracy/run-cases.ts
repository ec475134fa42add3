import { diagnose } from '../../src/diagnose/diagnose.ts';
import type { AccuracyCase } from './accuracy-case.ts';
import { type KindedClaim, kindOf } from './kinds.ts';
import { isPlainRight, type PlainAnswer, type PlainRules } from './plain-rules.ts';
import { type Score, scoreOf } from './score.ts';

/** A case, and what came of it. */
export interface Outcome {
  readonly of: AccuracyCase;
  readonly score: Score;
  readonly restsOn: KindedClaim['restsOn'];
  readonly plain: PlainAnswer;
  readonly plainRight: boolean;
  /** Of reading what was in hand, and of diagnosing it. */
  readonly readMs: number;
  readonly diagnoseMs: number;
}

export async function runCases(cases: readonly AccuracyCase[], rules: PlainRules): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const one of cases) outcomes.push(await runCase(one, rules));
  return outcomes;
}

async function runCase(one: AccuracyCase, rules: PlainRules): Promise<Outcome> {
  const begun = performance.now();
  const inHand = await one.read();
  const read = performance.now();
  const diagnosis = diagnose(inHand.caseFile);
  const diagnosed = performance.now();
  const plain = rules(inHand);
  return {
    of: one,
    score: scoreOf(diagnosis, one.truth),
    restsOn: kindOf(inHand.caseFile, diagnosis.verdict?.cause ?? null),
    plain,
    plainRight: isPlainRight(plain, one.truth),
    readMs: read - begun,
    diagnoseMs: diagnosed - read,
  };
}
