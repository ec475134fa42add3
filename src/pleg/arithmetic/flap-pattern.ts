import type { Range } from './range.ts';
import type { RelistRules } from './rules.ts';

/** What a node shows of which every relist takes the same time. Times are ms. */
export interface FlapPattern {
  /** From one loss of Ready to the next. */
  readonly periodMs: Range;
  readonly notReadyMs: Range;
  readonly readyMs: Range;
  /** Of time, over many periods. */
  readonly notReadyShare: number;
}

/** How changes of Ready come to be seen. */
export interface Sight {
  /** Between two node statuses of the kubelet, ms. */
  readonly tickMs: number;
  /** To what the times of changes are known, ms: 1 s for a condition or an event. */
  readonly resolutionMs: number;
}

/** Between two ticks lie the period, in newer kubelets up to 4 % more (wait.JitterUntil 0.04, pkg/kubelet/kubelet.go), and what the update takes. */
const TICK_JITTER = 0.04;
const UPDATE_TAKES_MS = 1000;

/**
 * How far the time between two seen changes may be from the true one: each is seen at the first tick after it, up to a
 * tick late, and its time is cut to the resolution.
 */
export function changeBlurMs({ tickMs, resolutionMs }: Sight): number {
  return tickMs * (1 + TICK_JITTER) + UPDATE_TAKES_MS + resolutionMs;
}

/**
 * Relists of T each, p apart: the stamp moves every C = T + p. It is older than the threshold from C - threshold before
 * the next one until that one's list is answered, so
 *
 *     period = C,   NotReady = C - threshold,   Ready = threshold
 *
 * each within the blur of a change. Null where C does not pass the threshold by more than that: then a tick may miss it.
 * @param relistMs T, ms
 */
export function flapPattern(relistMs: number, rules: RelistRules, sight: Sight): FlapPattern | null {
  const cycle = relistMs + rules.periodMs;
  const lost = cycle - rules.thresholdMs;
  const blur = changeBlurMs(sight);
  if (lost <= blur) return null;
  return {
    periodMs: around(cycle, blur),
    notReadyMs: around(lost, blur),
    readyMs: around(rules.thresholdMs, blur),
    notReadyShare: lost / cycle,
  };
}

function around(likely: number, by: number): Range {
  return { least: Math.max(0, likely - by), likely, most: likely + by };
}
