import { CAUSE_SLUGS } from '../../src/causes/slugs.ts';
import type { Judged, Outcome } from './outcome.ts';

/** A row is a truth, a column a verdict. */
type State = NonNullable<Judged['verdict']> | 'none';

const ORDER: readonly State[] = ['none', ...CAUSE_SLUGS, 'undetermined'];

const WIDEST = 100;

/**
 * The confusion matrix, a line each: only states that occur, columns by the number of their row. What does not go into a
 * hundred columns goes on below, in a part of its own. What is right stands on the diagonal.
 */
export function tableOf(outcomes: readonly Outcome[]): string[] {
  const all = outcomes.flatMap((o) => o.judged);
  const states = ORDER.filter((s) => all.some((j) => (j.truth ?? 'none') === s || (j.verdict ?? 'none') === s));
  const count = (truth: State, verdict: State): number =>
    all.filter((j) => (j.truth ?? 'none') === truth && (j.verdict ?? 'none') === verdict).length;
  const label = Math.max(0, ...states.map((s) => s.length));
  const most = Math.max(0, ...states.flatMap((truth) => states.map((verdict) => count(truth, verdict))));
  const cell = Math.max(3, String(most).length + 1);
  const line = (number: string, name: string, cells: readonly string[]): string =>
    `${number.padStart(2)} ${name.padEnd(label)}${cells.map((c) => c.padStart(cell)).join('')}`.trimEnd();
  const perPart = Math.floor((WIDEST - label - 3) / cell);
  const part = (from: number): string[] => {
    const shown = states.slice(from, from + perPart);
    return [
      line(
        '',
        '',
        shown.map((_, i) => String(from + i + 1)),
      ),
      ...states.map((truth, i) =>
        line(
          String(i + 1),
          truth,
          shown.map((verdict) => String(count(truth, verdict) || '·')),
        ),
      ),
    ];
  };
  const parts = Math.max(1, Math.ceil(states.length / perPart));
  return Array.from({ length: parts }, (_, i) => part(i * perPart)).flat();
}

/** `part` of `all`. */
export interface Share {
  readonly part: number;
  readonly all: number;
}

export interface Counts {
  readonly cause: Share;
  readonly subjects: Share;
  readonly falseAlarms: Share;
}

export function countsOf(outcomes: readonly Outcome[]): Counts {
  const all = outcomes.flatMap((o) => o.judged);
  const share = (among: readonly Judged[], is: (j: Judged) => boolean): Share => ({
    part: among.filter(is).length,
    all: among.length,
  });
  return {
    cause: share(
      all.filter((j) => j.truth !== null),
      (j) => j.verdict === j.truth,
    ),
    subjects: share(
      all.filter((j) => j.subjectsRight !== null),
      (j) => j.subjectsRight === true,
    ),
    falseAlarms: share(
      all.filter((j) => j.truth === null),
      (j) => j.verdict !== null,
    ),
  };
}
