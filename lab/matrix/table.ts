import { CAUSE_SLUGS } from '../../src/causes/slugs.ts';
import type { Judged, Outcome } from './outcome.ts';

/** A row is a truth, a column a verdict. */
type State = NonNullable<Judged['verdict']> | 'none';

const ORDER: readonly State[] = ['none', ...CAUSE_SLUGS, 'undetermined'];

/** The confusion matrix of what was diagnosed. */
export function tableOf(outcomes: readonly Outcome[]): string[] {
  const pairs = outcomes
    .flatMap((o) => o.judged)
    .map((j) => ({ truth: j.truth ?? 'none', verdict: j.verdict ?? 'none' }));
  return confusion(pairs, ORDER);
}

/**
 * A confusion matrix, a line each: only states that occur, columns by the number of their row, so that all
 * of them go into 140 columns. What is right stands on the diagonal.
 */
export function confusion(
  pairs: readonly { readonly truth: string; readonly verdict: string }[],
  order: readonly string[],
): string[] {
  const states = order.filter((s) => pairs.some((p) => p.truth === s || p.verdict === s));
  const count = (truth: string, verdict: string): number =>
    pairs.filter((p) => p.truth === truth && p.verdict === verdict).length;
  const label = Math.max(0, ...states.map((s) => s.length));
  const most = Math.max(0, ...states.flatMap((truth) => states.map((verdict) => count(truth, verdict))));
  const cell = Math.max(3, String(most).length + 1);
  const line = (number: string, name: string, cells: readonly string[]): string =>
    `${number.padStart(2)} ${name.padEnd(label)}${cells.map((c) => c.padStart(cell)).join('')}`.trimEnd();
  return [
    line(
      '',
      '',
      states.map((_, i) => String(i + 1)),
    ),
    ...states.map((truth, i) =>
      line(
        String(i + 1),
        truth,
        states.map((verdict) => String(count(truth, verdict) || '·')),
      ),
    ),
  ];
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
