import { confusion } from '../../lab/matrix/table.ts';
import { CAUSE_SLUGS } from '../../src/causes/slugs.ts';
import { WEIGHTS } from '../../src/causes/weights.ts';
import type { Calibration } from './calibration.ts';
import type { KindRecord } from './kinds.ts';
import type { Outcome } from './run-cases.ts';

const NONE = 'none';

/** `20/24 (83 %)` */
export function share(part: number, all: number): string {
  return all === 0 ? '-' : `${part}/${all} (${Math.round((100 * part) / all)} %)`;
}

/** Accuracy of a set, beside plain rules. */
export function accuracyOf(name: string, outcomes: readonly Outcome[]): string[] {
  const sick = outcomes.filter((o) => o.of.truth.cause !== null);
  const told = sick.filter((o) => !o.of.truth.symptomOnly);
  const symptoms = sick.filter((o) => o.of.truth.symptomOnly);
  const healthy = outcomes.filter((o) => o.of.truth.cause === null);
  const row = (what: string, ours: string, plain: string): string =>
    `  ${what.padEnd(34)} ${ours.padEnd(16)} ${plain}`.trimEnd();
  const count = (of: readonly Outcome[], is: (o: Outcome) => boolean): string => share(of.filter(is).length, of.length);
  return [
    `${name}: ${outcomes.length} cases`,
    row('', 'notready', 'node-problem-detector’s rules'),
    row(
      'right, or not wrong (top 1)',
      count(told, (o) => o.score.right),
      count(told, (o) => o.plainRight),
    ),
    row(
      'named as the source names it',
      count(told, (o) => o.score.verdict === o.of.truth.cause),
      '',
    ),
    row(
      'right among the first three',
      count(told, (o) => o.score.rightInTopThree),
      '',
    ),
    row(
      'symptom only: no wrong claim',
      count(symptoms, (o) => o.score.right),
      count(symptoms, (o) => o.plainRight || o.plain.tells.length === 0),
    ),
    row(
      'false alarms on healthy',
      count(healthy, (o) => !o.score.right),
      count(healthy, (o) => !o.plainRight),
    ),
    row(
      'confirmed and wrong',
      count(outcomes, (o) => !o.score.right && o.score.status === 'confirmed' && o.score.verdict !== 'undetermined'),
      '',
    ),
  ];
}

export function calibrationLines({ buckets, brier, error }: Calibration): string[] {
  const row = (...cells: readonly string[]): string => `  ${cells.map((c) => c.padEnd(18)).join('')}`.trimEnd();
  return [
    row('confidence', 'mean', 'right'),
    ...buckets.map((b) => row(`${b.from} to ${b.to}`, b.meanConfidence.toFixed(2), share(b.right, b.claims))),
    row('Brier score', brier?.toFixed(3) ?? '-', `calibration error ${error?.toFixed(3) ?? '-'}`),
  ];
}

export function kindLines(kinds: readonly KindRecord[]): string[] {
  const row = (...cells: readonly string[]): string => `  ${cells.map((c) => c.padEnd(18)).join('')}`.trimEnd();
  const weightOf = (kind: KindRecord['kind']): string => (kind === 'other' ? '-' : WEIGHTS[kind].weight.toFixed(2));
  return [
    row('rests on', 'weight', 'right'),
    ...kinds.map((k) => row(k.kind, weightOf(k.kind), share(k.right, k.claims))),
  ];
}

/** Rows: what was so; columns: what was said, by the number of the row. An accepted verdict counts as the truth. */
export function confusionLines(outcomes: readonly Outcome[]): string[] {
  const pairs = outcomes.map(({ of, score }) => ({
    truth: of.truth.cause ?? NONE,
    verdict: score.right && score.verdict !== 'undetermined' ? (of.truth.cause ?? NONE) : (score.verdict ?? NONE),
  }));
  const unknown = pairs.map((p) => p.truth).filter((t) => !(CAUSE_SLUGS as readonly string[]).includes(t));
  return confusion(pairs, [...new Set([NONE, ...CAUSE_SLUGS, ...unknown, 'undetermined'])]);
}

export function wrongLines(outcomes: readonly Outcome[]): string[] {
  return outcomes
    .filter((o) => !o.score.right)
    .map(({ of, score }) => {
      const said = score.verdict === null ? 'nothing wrong' : `${score.verdict} (${score.status} ${score.confidence})`;
      const among = score.rightInTopThree ? 'in the first three' : `first three: ${score.topThree.join(', ') || '-'}`;
      return `  ${of.id}: ${of.truth.cause ?? 'nothing wrong'}; said ${said}; ${among}`;
    });
}

export function timeLine(outcomes: readonly Outcome[]): string {
  const of = (ms: readonly number[]): string => {
    const sorted = ms.toSorted((a, b) => a - b);
    const at = (q: number): string => (sorted[Math.floor(q * (sorted.length - 1))] ?? 0).toFixed(1);
    return `median ${at(0.5)} ms, longest ${at(1)} ms`;
  };
  return `time a case: read ${of(outcomes.map((o) => o.readMs))}; diagnosed ${of(outcomes.map((o) => o.diagnoseMs))}`;
}
