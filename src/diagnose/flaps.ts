import { isFresh } from '../causes/support/assessment.ts';
import { relistRules, requestTimeoutMs } from '../causes/support/kubelet.ts';
import { flapsEndedAt } from '../causes/support/past-flaps.ts';
import type { CaseView } from '../evidence/view.ts';
import { inferCycle, inferHungCalls, rhythmOf, type Turn } from '../pleg/arithmetic/flap-inference.ts';
import { readyTurns } from '../timeline/turns.ts';
import type { Diagnosis } from './diagnosis.ts';
import { forecastReady } from './forecast.ts';
import { statusTicks } from './status-ticks.ts';

/** A change may be told by the node controller, that looks every 5 s (--node-monitor-period), in whole seconds. */
const TOLD_WITHIN_MS = 6000;

/**
 * What the changes of Ready tell of the kubelet's relist, and when Ready goes next: old logs and bare condition
 * timestamps are enough. Null where fewer than two changes are known and none is foretold.
 */
export function inferFlaps(view: CaseView): Diagnosis['flaps'] {
  const turns = readyTurns(view);
  const { periodMs } = rhythmOf(turns);
  const relist = inferRelist(view, turns);
  const forecast = forecastReady(view, isGoingOn(view, turns) ? relist.exactMs : null);
  if (turns.length < 2 && forecast === null) return null;
  return {
    transitions: turns.length,
    periodSeconds: seconds(periodMs),
    inferredRelistSeconds: seconds(relist.likelyMs),
    inferredHungCalls: relist.calls,
    nextNotReady: forecast?.nextNotReady ?? null,
    readyAgainAt: forecast?.readyAgainAt ?? null,
  };
}

interface InferredRelist {
  readonly likelyMs: number | null;
  /** Changes are seen to the ten seconds of the node's status; so many timeouts are exact. */
  readonly exactMs: number | null;
  readonly calls: number | null;
}

function inferRelist(view: CaseView, turns: readonly Turn[]): InferredRelist {
  const rules = relistRules(view);
  const sight = { tickMs: statusTicks(view).everyMs, resolutionMs: TOLD_WITHIN_MS };
  const cycle = inferCycle(rhythmOf(turns), rules, sight);
  if (cycle === null) return { likelyMs: null, exactMs: null, calls: null };
  const timeoutMs = requestTimeoutMs(view);
  const found = inferHungCalls(cycle, timeoutMs, rules);
  const calls = found !== null && found.least === found.most ? found.least : null;
  return { likelyMs: cycle.likely, exactMs: calls === null ? cycle.likely : calls * timeoutMs, calls };
}

/** Whether the last change is recent and relists still hang: an old rhythm foretells nothing. */
function isGoingOn(view: CaseView, turns: readonly Turn[]): boolean {
  return flapsEndedAt(view) === null && turns.some((t) => isFresh(view, t));
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / 1000);
}
