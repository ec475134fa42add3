import { isFresh } from '../causes/support/assessment.ts';
import { RELIST_THRESHOLD_MS, requestTimeoutMs } from '../causes/support/kubelet.ts';
import { flapsEndedAt } from '../causes/support/past-flaps.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Diagnosis } from './diagnosis.ts';
import { forecastReady } from './forecast.ts';

/** A change of Ready. `unknown`: set by the control plane, which says nothing of the relist. */
interface Turn {
  readonly at: number;
  readonly to: 'ready' | 'not-ready' | 'unknown';
}

/** How far a relist may miss a whole number of request timeouts and still be read as so many hung calls. */
const TOLERANCE = 0.15;
/** Two sources may report one change some seconds apart. */
const SAME_CHANGE_MS = 15_000;

/**
 * Flap arithmetic. While k calls hang in every relist, one relist takes T = k x the runtime request timeout, and the
 * node is NotReady for T - 3 min of every T. So the period between two losses of Ready is T, and one loss that lasts
 * d tells T = 3 min + d. Old logs and bare condition timestamps are enough. Null where fewer than two changes are known
 * and none is foretold.
 */
export function inferFlaps(view: CaseView): Diagnosis['flaps'] {
  const turns = findTurns(view);
  const rhythm = readRhythm(view, turns);
  const forecast = forecastReady(
    view,
    rhythm.relistMs !== null && isGoingOn(view, turns) ? exactRelist(view, rhythm) : null,
  );
  if (turns.length < 2 && forecast === null) return null;
  return {
    transitions: turns.length,
    periodSeconds: seconds(rhythm.periodMs),
    inferredRelistSeconds: seconds(rhythm.relistMs),
    inferredHungCalls: rhythm.calls,
    nextNotReady: forecast?.nextNotReady ?? null,
    readyAgainAt: forecast?.readyAgainAt ?? null,
  };
}

interface Rhythm {
  readonly periodMs: number | null;
  readonly relistMs: number | null;
  readonly calls: number | null;
}

function readRhythm(view: CaseView, turns: readonly Turn[]): Rhythm {
  const periodMs = median(distances(turns.filter((t) => t.to === 'not-ready').map((t) => t.at)));
  const relistMs = relistTime(periodMs, median(outages(turns)));
  return { periodMs, relistMs, calls: relistMs === null ? null : hungCalls(relistMs, requestTimeoutMs(view)) };
}

/** Changes are seen to the ten seconds of the node's status; so many timeouts are exact. */
function exactRelist(view: CaseView, { relistMs, calls }: Rhythm): number | null {
  return calls === null ? relistMs : calls * requestTimeoutMs(view);
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

// An outage tells the relist time only if the two agree: a node that was lost for another reason, or flaps less often
// than it relists, keeps no such rhythm.
function relistTime(periodMs: number | null, outageMs: number | null): number | null {
  const fromOutage = outageMs === null ? null : RELIST_THRESHOLD_MS + outageMs;
  if (periodMs === null) return fromOutage;
  if (periodMs <= RELIST_THRESHOLD_MS) return null;
  if (fromOutage === null) return periodMs;
  return Math.abs(fromOutage - periodMs) <= periodMs * TOLERANCE ? periodMs : null;
}

function hungCalls(relistMs: number, timeoutMs: number): number | null {
  const calls = Math.round(relistMs / timeoutMs);
  return calls >= 1 && Math.abs(relistMs - calls * timeoutMs) <= timeoutMs * TOLERANCE ? calls : null;
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

function seconds(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / 1000);
}
