import { recordedCases } from '../../lab/recorded-cases.ts';
import { runThinned, type Thinned } from '../../lab/thinned/run-thinned.ts';
import { calibrate } from './calibration.ts';
import { byKind, type KindedClaim, kindOf } from './kinds.ts';
import { calibrationLines, kindLines, share } from './print.ts';

/** All recordings, each once for every seed up to `seeds` without a third of its sources: what was said of them. */
export async function thinnedLines(seeds: number): Promise<string[]> {
  const numbers = Array.from({ length: seeds }, (_, i) => i + 1);
  const tally = new Map<string, number>();
  const claims: KindedClaim[] = [];
  const wrong: string[] = [];
  let all = 0;
  for (const recorded of await recordedCases()) {
    for (const thinned of await runThinned(recorded, numbers)) {
      all += 1;
      const what = outcomeOf(thinned);
      tally.set(what, (tally.get(what) ?? 0) + 1);
      claims.push(...claimsOf(thinned));
      wrong.push(...thinned.wrong.map((w) => `  WRONG ${thinned.id}: ${w}`));
    }
  }
  return [
    `Recordings without a third of their sources: ${all} diagnoses, ${wrong.length} with a wrong claim`,
    ...wrong,
    ...[...tally]
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([what, n]) => `  ${what.padEnd(34)} ${share(n, all)}`),
    ...calibrationLines(calibrate(claims)),
    ...kindLines(byKind(claims)),
  ];
}

function outcomeOf({ found: { verdict }, trueCauses }: Thinned): string {
  const truth = trueCauses.length === 0 ? 'healthy' : 'sick';
  if (verdict === null) return `${truth}: nothing wrong seen`;
  if (verdict.cause === 'undetermined') return `${truth}: undetermined`;
  const right = trueCauses.includes(verdict.cause) ? 'right' : 'another cause';
  return `${truth}: ${right}, ${verdict.status}`;
}

function claimsOf({ found: { verdict }, caseFile, trueCauses }: Thinned): KindedClaim[] {
  if (verdict === null || verdict.cause === 'undetermined') return [];
  const right = trueCauses.includes(verdict.cause);
  return [{ confidence: verdict.confidence, right, restsOn: kindOf(caseFile, verdict.cause) }];
}
