// How often notready is right, over published incidents and all recordings of the lab, and how sure it is of itself.
// `node bench/accuracy.ts [--incidents DIR] [--thinned SEEDS] [--update]`; --update writes bench/accuracy/last.json.
// --thinned: so many times each recording is diagnosed without a third of its sources, 20 where not given.
import { parseArgs } from 'node:util';
import { SETS } from './accuracy/accuracy-case.ts';
import { calibrate } from './accuracy/calibration.ts';
import { readIncidents } from './accuracy/incidents.ts';
import { byKind, type KindedClaim } from './accuracy/kinds.ts';
import { changes, LAST_RESULT, readResult, toResult, writeResult } from './accuracy/last-result.ts';
import { nodeProblemDetector } from './accuracy/plain-rules.ts';
import { accuracyOf, calibrationLines, confusionLines, kindLines, timeLine, wrongLines } from './accuracy/print.ts';
import { recordedAccuracyCases } from './accuracy/recorded.ts';
import { type Outcome, runCases } from './accuracy/run-cases.ts';
import { thinnedLines } from './accuracy/thinned-lines.ts';

const { values: flags } = parseArgs({
  options: {
    incidents: { type: 'string' },
    thinned: { type: 'string', default: '20' },
    update: { type: 'boolean', default: false },
  },
});

const print = (...lines: readonly string[]): void => console.log(lines.join('\n'));

const incidents = flags.incidents === undefined ? null : readIncidents(flags.incidents);
if (incidents === null) {
  print(
    `Incidents not run: ${flags.incidents === undefined ? 'give --incidents DIR' : `no folder ${flags.incidents}`}.\n`,
  );
}
const outcomes = await runCases([...(incidents ?? []), ...(await recordedAccuracyCases())], nodeProblemDetector());

for (const set of SETS) {
  const own = outcomes.filter((o) => o.of.set === set);
  if (own.length > 0) print(...accuracyOf(set, own), ...wrongLines(own), '');
}
print('Confusion: rows what was so, columns what was said', ...confusionLines(outcomes), '');
const claims = outcomes.flatMap(claimOf);
print('Calibration', ...calibrationLines(calibrate(claims)), ...kindLines(byKind(claims)), '');
print(timeLine(outcomes), '');
print(...(await thinnedLines(Number(flags.thinned))), '');

const before = readResult(LAST_RESULT);
const now = toResult(outcomes);
print('Against the last committed result', ...changes(before, now).map((c) => `  ${c}`));
if (changes(before, now).length === 0) print('  nothing changed');
if (flags.update) writeResult(LAST_RESULT, before, now);

function claimOf({ score, restsOn }: Outcome): KindedClaim[] {
  const claims = score.verdict !== null && score.verdict !== 'undetermined' && score.confidence !== null;
  return claims ? [{ confidence: score.confidence ?? 0, right: score.right, restsOn }] : [];
}
