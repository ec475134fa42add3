import type { CaseView } from '../evidence/view.ts';
import { failedCalls, hungCalls } from './calls.ts';
import { correlate } from './correlations.ts';
import { apiServerNow, daemonStarts } from './daemons.ts';
import type { Episode, EpisodeKind, Timeline } from './episode.ts';
import { kernelEpisodes } from './kernel.ts';
import { mergeBySubject, mergeClose } from './merge.ts';
import { cordons, crashLoops, drains, endedContainers, pendingDeletions } from './pods.ts';
import { readySpans } from './ready-spans.ts';
import { signalEpisodes } from './signals.ts';
import { plegStalls } from './stalls.ts';

/** Of each kind so many are kept, the newest: a day of flapping every four minutes is 360 losses of Ready. */
const MOST_OF_A_KIND = 400;
/** Two sources tell of one moment this far apart. */
const SAME_MOMENT_MS = 5000;
/** A daemon is started when its process is, and says so a while later. */
const SAME_START_MS = 60_000;

/** What a case file tells of the time before it, as episodes: each thing once, however many lines there are of it. */
export function buildTimeline(view: CaseView): Timeline {
  const all = gather(view);
  const bounds = toldTime(view, all);
  const inside = all.flatMap((e) => clip(e, bounds));
  const { kept, omitted } = bounded(inside);
  const episodes = kept.toSorted((a, b) => a.from - b.from || a.to - b.to);
  return { ...bounds, episodes, omitted, correlations: correlate(episodes) };
}

interface Bounds {
  readonly from: number;
  readonly to: number;
}

/** What may have begun long before anything went wrong: it is shown from there on only. */
const BACKGROUND: ReadonlySet<EpisodeKind> = new Set([
  'ready',
  'kubelet-started',
  'runtime-started',
  'container-died',
  'crash-loop',
]);

/** From the first thing that was logged, or went wrong, until the examination's end. */
function toldTime(view: CaseView, episodes: readonly Episode[]): Bounds {
  const { from, to } = view.caseFile.examined;
  const logged = [...view.all('log-signal'), ...view.all('kernel-signal')].map((o) => o.at);
  const wrong = episodes.filter((e) => !BACKGROUND.has(e.kind)).map((e) => e.from);
  const first = [...logged, ...wrong].filter((at) => at > 0).reduce((a, b) => Math.min(a, b), from);
  return { from: Math.min(first, to), to };
}

function gather(view: CaseView): readonly Episode[] {
  const stalls = plegStalls(view);
  const told = signalEpisodes(view);
  const deletions = mergeBySubject([...pendingDeletions(view), ...of(told, 'pod-deleted')], SAME_MOMENT_MS);
  return [
    ...readySpans(view, stalls),
    ...stalls,
    ...hungCalls(view),
    ...failedCalls(view),
    ...deletions,
    ...drains(view, deletions),
    ...cordons(view),
    ...mergeBySubject([...endedContainers(view), ...of(told, 'container-died')], SAME_MOMENT_MS),
    ...mergeBySubject([...daemonStarts(view), ...of(told, 'kubelet-started')], SAME_START_MS).map(atItsEnd),
    ...mergeBySubject([...crashLoops(view), ...of(told, 'crash-loop')], SAME_START_MS),
    ...mergeClose([...apiServerNow(view), ...of(told, 'api-unreachable')], SAME_START_MS),
    ...told.filter((e) => !TOLD_TWICE.has(e.kind)),
    ...kernelEpisodes(view),
  ];
}

/** Kinds that a log is not alone to tell of. */
const TOLD_TWICE: ReadonlySet<EpisodeKind> = new Set([
  'pod-deleted',
  'container-died',
  'kubelet-started',
  'crash-loop',
  'api-unreachable',
]);

/** A start is a moment, whoever told of it first. */
function atItsEnd(e: Episode): Episode {
  return { ...e, from: e.to };
}

function of(episodes: readonly Episode[], kind: EpisodeKind): readonly Episode[] {
  return episodes.filter((e) => e.kind === kind);
}

/** What began before is cut there; what lies outside is left out. */
function clip(e: Episode, { from, to }: Bounds): readonly Episode[] {
  if (!(e.from <= e.to && e.to >= from && e.from <= to)) return [];
  const begins = e.from < from ? { from, begun: 'before' as const } : {};
  return [{ ...e, ...begins, to: Math.min(e.to, to) }];
}

function bounded(episodes: readonly Episode[]): { readonly kept: readonly Episode[]; readonly omitted: number } {
  const byKind = Map.groupBy(episodes, (e) => e.kind);
  const kept = [...byKind.values()].flatMap((own) => own.toSorted((a, b) => a.to - b.to).slice(-MOST_OF_A_KIND));
  return { kept, omitted: episodes.length - kept.length };
}
