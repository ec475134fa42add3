import { type Text, verbatim } from '../../src/text/text.ts';
import { prepare } from '../prepare.ts';
import { outcomesOfRecordings } from './from-recordings.ts';
import { begin, keep, keptFile, readKept } from './kept.ts';
import { makeAll } from './live.ts';
import { isRight, type Outcome } from './outcome.ts';
import { countsOf, tableOf } from './table.ts';
import * as say from './texts.ts';

export interface MatrixFlags {
  readonly live?: boolean;
  readonly resume?: boolean;
  readonly 'no-install'?: boolean;
}

/**
 * `notready lab matrix [--live [--resume]]`: what notready says of every scenario against what was so.
 * @returns 0 all is right, 1 something is not
 */
export async function matrix(flags: MatrixFlags, print: (text: Text) => void): Promise<number> {
  const live = flags.live === true || flags.resume === true;
  const outcomes = live ? await makeNow(flags, print) : await outcomesOfRecordings();
  print(live ? say.LIVE : say.FROM_RECORDINGS);
  for (const text of reportOf(outcomes)) print(text);
  const failed = outcomes.filter((o) => o.failure !== null).length;
  if (live && failed > 0) print(say.resume(failed));
  return outcomes.every(isRight) ? 0 : 1;
}

/** Table, what is wrong, counts. */
function reportOf(outcomes: readonly Outcome[]): Text[] {
  const wrong = outcomes.flatMap(say.wrongIn);
  const diagnoses = outcomes.flatMap((o) => o.judged).length;
  return [
    verbatim(''),
    ...tableOf(outcomes).map(verbatim),
    verbatim(''),
    ...(wrong.length === 0 ? [say.ALL_RIGHT] : wrong),
    say.counted(outcomes.length, diagnoses, countsOf(outcomes)),
  ];
}

async function makeNow(flags: MatrixFlags, print: (text: Text) => void): Promise<Outcome[]> {
  const again = flags.resume === true;
  const file = keptFile();
  const before = again ? readKept(file) : [];
  if (again) print(say.resumed(before.length));
  begin(file, before);
  const outcomes = [...before];
  await makeAll({
    done: new Set(before.map((o) => o.scenario)),
    keep: (outcome) => {
      outcomes.push(outcome);
      keep(file, outcome);
    },
    print,
    prepare: (needs) => prepare(needs, flags['no-install'] !== true, print),
  });
  return outcomes;
}
