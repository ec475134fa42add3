import { isFresh } from '../causes/support/assessment.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Episode, EpisodeKind } from './episode.ts';
import { moment } from './make.ts';
import { SortedTimes } from './sorted.ts';
import { type ReadyTurn, readyTurns } from './turns.ts';

const KINDS = {
  ready: 'ready',
  'not-ready': 'not-ready',
  unknown: 'ready-unknown',
} as const satisfies Record<ReadyTurn['to'], EpisodeKind>;

const STATED = { ready: 'True', 'not-ready': 'False', unknown: 'Unknown' } as const;

/**
 * For how long Ready was what. Where nothing tells, there is no span: before the first change, and after a loss of which
 * nobody says when it was over.
 * @param stalls oldest first
 */
export function readySpans(view: CaseView, stalls: readonly Episode[]): readonly Episode[] {
  const turns = readyTurns(view).filter((t) => t.at <= view.now);
  const stallAt = finder(stalls);
  return turns.map((turn, i) => {
    const next = turns[i + 1];
    const end = next === undefined ? lastEnd(view, turn, stallAt) : endBefore(turn, next, stallAt);
    const side = turn.side === null || turn.to === 'ready' ? {} : { side: turn.side };
    return moment(KINDS[turn.to], { id: turn.observation, at: turn.at }, { ...end, ...side });
  });
}

type End = Pick<Episode, 'to' | 'ended'>;

/** Two losses without a return between them: older kubelets do not log it. The relist's end tells when that was. */
function endBefore(turn: ReadyTurn, next: ReadyTurn, stallAt: StallAt): End {
  if (turn.to === 'ready' || turn.to !== next.to) return { to: next.at, ended: 'seen' };
  const back = stallAt(turn.at);
  return back === null ? { to: turn.at, ended: 'unknown' } : { to: Math.min(back.to, next.at), ended: 'seen' };
}

/** The last state is that of now only where something recent says so. */
function lastEnd(view: CaseView, turn: ReadyTurn, stallAt: StallAt): End {
  const stall = turn.to === 'not-ready' ? stallAt(turn.at) : null;
  const heard = lastHeard(view, turn);
  if (stall !== null && stall.ended === 'seen' && stall.to >= heard) return { to: stall.to, ended: 'seen' };
  return isFresh(view, { at: heard }) ? { to: view.now, ended: 'going-on' } : { to: heard, ended: 'unknown' };
}

function lastHeard(view: CaseView, turn: ReadyTurn): number {
  const stated = view.all('node-ready').filter((o) => o.fact.status === STATED[turn.to]);
  // A kubelet logs each change that it makes: as long as it writes of anything, there was none.
  const written = turn.side === 'node' ? view.all('log-signal').filter((o) => o.fact.log === 'kubelet') : [];
  const times = [...stated, ...written].map((o) => o.at).filter((at) => at <= view.now);
  return times.reduce((a, b) => Math.max(a, b), turn.at);
}

/** The stall that runs at a moment. */
type StallAt = (at: number) => Episode | null;

function finder(stalls: readonly Episode[]): StallAt {
  const begins = new SortedTimes(stalls.map((s) => s.from));
  const byBegin = new Map(stalls.map((s) => [s.from, s]));
  return (at) => {
    const stall = byBegin.get(begins.lastIn(Number.NEGATIVE_INFINITY, at) ?? Number.NaN);
    return stall !== undefined && at <= stall.to ? stall : null;
  };
}
