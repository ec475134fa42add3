import type { ConditionSeen, RelistSeen, Silence } from './format.ts';

/** Seconds between two of a steady series that are kept. */
const STEADY_S = 15;

/** Of conditions as they were seen one after the other, each change. */
export function changesOf(seen: readonly ConditionSeen[]): ConditionSeen[] {
  const last = new Map<string, ConditionSeen>();
  return seen.filter((c) => {
    const before = last.get(c.type);
    last.set(c.type, c);
    // A message with a counter in it (`pleg was last seen active 3m21s ago`) is no change.
    return before?.status !== c.status || before.reason !== c.reason;
  });
}

/** Renewals of a lease, each once: all that stand at either side of a pause, and a few of those in between. */
export function thinRenewals(seen: readonly number[]): number[] {
  const times = [...new Set(seen)].toSorted((a, b) => a - b);
  const gaps = times.slice(1).map((at, i) => at - (times[i] ?? at));
  const usual = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  const isPause = (gap: number | undefined): boolean => gap !== undefined && gap > 2 * usual;
  return thin(
    times,
    (at) => at,
    (_, i) => isPause(gaps[i - 1]) || isPause(gaps[i]),
  );
}

/** The PLEG's series: what stands where relists stop and go on again, and a few of the rest. */
export function thinRelists(seen: readonly RelistSeen[]): RelistSeen[] {
  const stands = (i: number): boolean => i > 0 && seen[i]?.count === seen[i - 1]?.count;
  return thin(
    seen,
    (s) => s.at,
    (_, i) => stands(i) !== stands(i + 1),
  );
}

/** Whether a question was answered. */
export interface Answer {
  readonly of: Silence['of'];
  readonly at: number;
  readonly answered: boolean;
}

/** From the first question of each side that went unanswered to the next answer, or to the last question. */
export function silencesOf(answers: readonly Answer[]): Silence[] {
  const open = new Map<Silence['of'], Silence>();
  const silences: Silence[] = [];
  for (const { of, at, answered } of answers.toSorted((a, b) => a.at - b.at)) {
    const current = open.get(of);
    if (current !== undefined) current.to = at;
    if (answered) open.delete(of);
    else if (current === undefined) {
      const silence = { of, from: at, to: at };
      open.set(of, silence);
      silences.push(silence);
    }
  }
  return silences;
}

/** First, last, what matters, and otherwise one in {@link STEADY_S}. */
function thin<T>(all: readonly T[], at: (item: T) => number, matters: (item: T, index: number) => boolean): T[] {
  let kept = Number.NEGATIVE_INFINITY;
  return all.filter((item, i) => {
    const keep = i === all.length - 1 || matters(item, i) || at(item) - kept >= STEADY_S;
    if (keep) kept = at(item);
    return keep;
  });
}
