import { type RecordedCase, recordedCases } from '../../lab/recorded-cases.ts';
import { readBundle } from '../../src/evidence/bundle/bundle.ts';
import type { CaseFile } from '../../src/evidence/case-file.ts';
import type { AccuracyCase } from './accuracy-case.ts';

/** Every recording of the lab: its truth is so by construction. */
export async function recordedAccuracyCases(): Promise<AccuracyCase[]> {
  return (await recordedCases()).map(toAccuracyCase);
}

function toAccuracyCase({ id, file, truth }: RecordedCase): AccuracyCase {
  const read = async () => {
    const caseFile = await readBundle(file);
    return { caseFile, messages: messagesOf(caseFile) };
  };
  return { id, set: 'recordings', truth: { cause: truth.cause, accept: [], symptomOnly: false }, read };
}

/** node-problem-detector looks back five minutes when it starts (`lookback` of its monitors). */
const LOOKBACK_MS = 5 * 60_000;

/** A bundle keeps of each log the lines that mean something. */
function messagesOf({ observations, examined }: CaseFile): readonly string[] {
  return observations
    .filter((o) => examined.to - o.at <= LOOKBACK_MS)
    .flatMap(({ fact }) => (fact.type === 'log-signal' || fact.type === 'kernel-signal' ? [fact.line] : []));
}
