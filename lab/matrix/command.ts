import { type Text, verbatim } from '../../src/text/text.ts';
import { UserError } from '../../src/text/user-error.ts';
import { findScenario, qualified } from '../catalogue.ts';
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
 * `notready lab matrix [NAME...] [--live [--resume]]`: what notready says of every scenario, or of those that are named,
 * against what was so.
 * @returns 0 all is right, 1 something is not
 * @throws UserError for a name that no scenario has
 */
export async function matrix(
  names: readonly string[],
  flags: MatrixFlags,
  print: (text: Text) => void,
): Promise<number> {
  const live = flags.live === true || flags.resume === true;
  if (names.length > 0 && flags.resume === true) throw new UserError(say.RESUMES_ALL);
  const chosen = new Set(names.map((name) => qualified(findScenario(name))));
  const isWanted = (scenario: string): boolean => chosen.size === 0 || chosen.has(scenario);
  const make = (): Promise<Outcome[]> =>
    chosen.size === 0 ? makeWhole(flags, print) : makeNow(isWanted, () => undefined, flags, print);
  const outcomes = live ? await make() : await outcomesOfRecordings(isWanted);
  print(live ? say.LIVE : say.FROM_RECORDINGS);
  for (const text of reportOf(outcomes)) print(text);
  const failed = outcomes.filter((o) => o.failure !== null).length;
  if (live && failed > 0 && names.length === 0) print(say.resume(failed));
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

/** Makes what is wanted now. @param kept told each outcome as it comes */
async function makeNow(
  isWanted: (scenario: string) => boolean,
  kept: (outcome: Outcome) => void,
  flags: MatrixFlags,
  print: (text: Text) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  await makeAll({
    isWanted,
    keep: (outcome) => {
      outcomes.push(outcome);
      kept(outcome);
    },
    print,
    prepare: (needs) => prepare(needs, flags['no-install'] !== true, print),
  });
  return outcomes;
}

/** Makes all of them, but what an earlier run has made where that is gone on with. */
async function makeWhole(flags: MatrixFlags, print: (text: Text) => void): Promise<Outcome[]> {
  const file = keptFile();
  const before = flags.resume === true ? readKept(file) : [];
  if (flags.resume === true) print(say.resumed(before.length));
  begin(file, before);
  const isWanted = (scenario: string): boolean => !before.some((o) => o.scenario === scenario);
  return [...before, ...(await makeNow(isWanted, (outcome) => keep(file, outcome), flags, print))];
}
