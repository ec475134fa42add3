import { changeBlurMs, type Sight } from './flap-pattern.ts';
import { intersect, type Range } from './range.ts';
import type { RelistRules } from './rules.ts';

/** A change of Ready. `unknown`: set by the control plane, which says nothing of the relist. */
export interface Turn {
  /** Unix ms. */
  readonly at: number;
  readonly to: 'ready' | 'not-ready' | 'unknown';
}

/** What repeats in a node's changes: the median of each, ms; null where there is none. */
export interface Rhythm {
  /** From one loss of Ready to the next. */
  readonly periodMs: number | null;
  /** How long Ready was lost. */
  readonly outageMs: number | null;
}

/** @param turns in order of time, each once */
export function rhythmOf(turns: readonly Turn[]): Rhythm {
  const losses = turns.filter((t) => t.to === 'not-ready').map((t) => t.at);
  return { periodMs: median(distances(losses)), outageMs: median(outages(turns)) };
}

/**
 * How long from the begin of one relist to that of the next: C = T + p. Two ways tell it, each within the blur of a
 * change (`changeBlurMs`): it is the period, and it is the threshold + an outage. Null where neither is known, where C
 * would not pass the threshold, and where the two do not agree: a node that was lost for another reason, or flaps less
 * often than it relists, keeps no such rhythm.
 */
export function inferCycle({ periodMs, outageMs }: Rhythm, { thresholdMs }: RelistRules, sight: Sight): Range | null {
  const blur = changeBlurMs(sight);
  const byPeriod = periodMs === null ? null : within(periodMs, blur);
  const byOutage = outageMs === null ? null : within(thresholdMs + outageMs, blur + LIST_MS);
  const cycle = byPeriod !== null && byOutage !== null ? intersect(byPeriod, byOutage) : (byPeriod ?? byOutage);
  return cycle === null || cycle.likely <= thresholdMs ? null : cycle;
}

/** An outage ends only when the next list was answered; one that takes longer is a fault of its own. */
const LIST_MS = 2000;
/** What the calls that are answered may take in one relist; where they take longer it is no matter of hung calls. */
const ANSWERED_MS = 5000;

/** How many calls may hang in each relist. */
export interface InferredCalls {
  readonly least: number;
  readonly most: number;
}

/**
 * k timed-out calls and a time a, from 0 to 5 s, of those that are answered: T = k x timeout + a. So
 *
 *     (C.least - p - 5 s) / timeout <= k <= (C.most - p) / timeout
 *
 * Null where no whole number from 1 lies there: such a relist is slow, not hung. More than one number lies there only if
 * the timeout is shorter than twice the blur and 5 s.
 * @param timeoutMs --runtime-request-timeout
 */
export function inferHungCalls(cycle: Range, timeoutMs: number, { periodMs }: RelistRules): InferredCalls | null {
  const least = Math.max(1, Math.ceil((cycle.least - periodMs - ANSWERED_MS) / timeoutMs));
  const most = Math.floor((cycle.most - periodMs) / timeoutMs);
  return least > most ? null : { least, most };
}

function within(likely: number, by: number): Range {
  return { least: likely - by, likely, most: likely + by };
}

function distances(times: readonly number[]): number[] {
  return times.slice(1).map((t, i) => t - (times[i] ?? t));
}

/** How long Ready was lost each time. */
function outages(turns: readonly Turn[]): number[] {
  return turns.flatMap((turn, i) => {
    const next = turns[i + 1];
    return turn.to === 'not-ready' && next?.to === 'ready' ? [next.at - turn.at] : [];
  });
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
