import { relistRules } from '../causes/support/kubelet.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Episode } from './episode.ts';
import { moment } from './make.ts';
import { SortedTimes } from './sorted.ts';
import { type ToldStamp, toldStamps } from './stamps.ts';
import { readyTurns } from './turns.ts';

/** A younger relist is merely at work. */
const YOUNG_MS = 10_000;
/** Words on the same relist agree to within this: a heartbeat is cut to whole seconds. */
const SAME_RELIST_MS = 2000;
/**
 * While the PLEG is unhealthy the kubelet says so every 5 s at most and Ready is told every 10 s: what comes later than
 * this after the last word does not tell when the relist ended.
 * Source: pkg/kubelet/kubelet.go syncLoop (base 100 ms, max 5 s) @ v1.20.2.
 */
const SILENCE_MS = 60_000;

/** Relists that hang or hung, each once and with its real length, oldest first. */
export function plegStalls(view: CaseView): readonly Episode[] {
  const told = toldStamps(view).filter((s) => s.at - s.begin >= YOUNG_MS && s.at <= view.now);
  const relists = sameRelists(told);
  const ends = knownEnds(view, relists);
  return relists.map((words) => {
    const { begin } = words.find((w) => w.by === 'log') ?? words[0];
    const last = words.reduce((a, b) => (b.at > a.at ? b : a));
    const end = endOf(view.now, begin, last.at, ends);
    return moment('pleg-stall', { id: last.observation, at: last.at }, { from: begin, count: words.length, ...end });
  });
}

type Words = readonly [ToldStamp, ...ToldStamp[]];

function sameRelists(told: readonly ToldStamp[]): readonly Words[] {
  const relists: [ToldStamp, ...ToldStamp[]][] = [];
  for (const word of told.toSorted((a, b) => a.begin - b.begin)) {
    const last = relists.at(-1);
    if (last !== undefined && word.begin - last[0].begin < SAME_RELIST_MS) last.push(word);
    else relists.push([word]);
  }
  return relists;
}

interface Ends {
  /** Moments by which a relist had ended: Ready came back, the kubelet started anew, the next relist began. */
  readonly over: SortedTimes;
  /** Moments at which a call of a relist ran into its timeout. */
  readonly calls: SortedTimes;
}

function knownEnds(view: CaseView, relists: readonly Words[]): Ends {
  const { periodMs } = relistRules(view);
  const signals = view.all('log-signal');
  const back = readyTurns(view).flatMap((t) => (t.to === 'ready' ? [t.at] : []));
  const started = signals.flatMap((o) => (o.fact.signal === 'kubelet-started' ? [o.at] : []));
  const calls = signals.flatMap((o) => (o.fact.signal === 'runtime-call-timeout' ? [o.at] : []));
  const before = relists.map(([first]) => first.begin - periodMs);
  return { over: new SortedTimes([...back, ...started, ...before]), calls: new SortedTimes(calls) };
}

/** The call whose timeout ended it tells best when that was; then what shows that it had ended. */
function endOf(now: number, begin: number, last: number, { over, calls }: Ends): Pick<Episode, 'to' | 'ended'> {
  const by = over.firstAfter(last);
  if (by !== null && by - last <= SILENCE_MS) {
    return { to: calls.lastIn(Math.max(begin, last - 1), by) ?? by, ended: 'seen' };
  }
  if (now - last <= SILENCE_MS) return { to: now, ended: 'going-on' };
  // Silence after a timeout: the kubelet would have gone on to say that it is unhealthy.
  const timedOut = calls.lastIn(last - 1, last + SILENCE_MS);
  return timedOut === null ? { to: last, ended: 'unknown' } : { to: timedOut, ended: 'seen' };
}
