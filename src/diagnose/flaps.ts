import { isFresh } from '../causes/support/assessment.ts';
import { relistRules, requestTimeoutMs } from '../causes/support/kubelet.ts';
import { flapsEndedAt } from '../causes/support/past-flaps.ts';
import type { CaseView } from '../evidence/view.ts';
import { inferCycle, inferHungCalls, rhythmOf, type Turn } from '../pleg/arithmetic/flap-inference.ts';
import type { Diagnosis } from './diagnosis.ts';
import { forecastReady } from './forecast.ts';
import { statusTicks } from './status-ticks.ts';

/** Two sources may report one change some seconds apart. */
const SAME_CHANGE_MS = 15_000;
/** A change may be told by the node controller, that looks every 5 s (--node-monitor-period), in whole seconds. */
const TOLD_WITHIN_MS = 6000;

/**
 * What the changes of Ready tell of the kubelet's relist, and when Ready goes next: old logs and bare condition
 * timestamps are enough. Null where fewer than two changes are known and none is foretold.
 */
export function inferFlaps(view: CaseView): Diagnosis['flaps'] {
  const turns = findTurns(view);
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

/** Changes of Ready in order of time, each once. */
function findTurns(view: CaseView): readonly Turn[] {
  const logged = view.all('log-signal').flatMap((o): Turn[] => {
    if (o.fact.signal === 'node-became-ready') return [{ at: o.at, to: 'ready' }];
    return o.fact.signal === 'node-became-not-ready' ? [{ at: o.at, to: 'not-ready' }] : [];
  });
  const stated = view.all('node-ready').flatMap((o): Turn[] => {
    const to = ({ True: 'ready', False: 'not-ready', Unknown: 'unknown' } as const)[o.fact.status];
    return o.fact.since === null ? [] : [{ at: o.fact.since, to }];
  });
  const turns: Turn[] = [];
  for (const turn of [...logged, ...stated, ...eventTurns(view)].toSorted((a, b) => a.at - b.at)) {
    const last = turns.at(-1);
    const repeated = last?.to === turn.to && (turn.at - last.at < SAME_CHANGE_MS || turn.to === 'ready');
    if (!repeated) turns.push(turn);
  }
  return turns;
}

/** Events about the node itself. The times between the first and the last of more than two are not known. */
function eventTurns(view: CaseView): readonly Turn[] {
  return view.all('cluster-event').flatMap((o): Turn[] => {
    const { reason, count, firstAt } = o.fact;
    const to = reason === 'NodeReady' ? 'ready' : reason === 'NodeNotReady' ? 'not-ready' : null;
    if (to === null || o.about[0]?.startsWith('node:') !== true) return [];
    return count === 2 ? [firstAt, o.at].map((at) => ({ at, to })) : [{ at: o.at, to }];
  });
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / 1000);
}
