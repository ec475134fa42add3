import type { Lang } from '../../text/text.ts';
import type { Episode, EpisodeKind } from '../../timeline/episode.ts';
import type { Messages } from '../messages/messages.ts';

export interface LaneOfEpisodes {
  readonly label: string;
  readonly episodes: readonly Episode[];
}

type LaneName = keyof Messages['lanes'];

const LANES: readonly (readonly [LaneName, readonly EpisodeKind[]])[] = [
  ['ready', ['ready', 'not-ready', 'ready-unknown']],
  ['relist', ['pleg-stall']],
  ['calls', ['calls-hung', 'calls-failed']],
  ['containers', ['container-died', 'crash-loop', 'kill-failed', 'shim-lost']],
  ['pods', ['pod-deleted', 'pod-force-deleted', 'cordoned', 'drain', 'eviction']],
  ['daemons', ['kubelet-started', 'runtime-started', 'daemon-failed', 'runtime-down', 'network-not-ready']],
  ['kernel', ['hung-task', 'oom-kill', 'storage-trouble', 'cpu-stuck', 'kernel-trouble', 'pressure']],
  ['api', ['api-unreachable']],
];
/** The table below has it; a lane's label has no room. */
const SHORT_ID = / \([0-9a-f]{12}\)$/;
/** Containers whose calls have a lane of their own: those that hung longest. */
const MOST_CALLED = 4;

/** Episodes that belong together, one lane each; lanes with nothing in them are left out. */
export function lanesOf(episodes: readonly Episode[], words: Messages, lang: Lang): readonly LaneOfEpisodes[] {
  return LANES.flatMap(([name, kinds]): readonly LaneOfEpisodes[] => {
    const own = episodes.filter((e) => kinds.includes(e.kind));
    if (own.length === 0) return [];
    return name === 'calls' ? callLanes(own, words, lang) : [{ label: words.lanes[name], episodes: own }];
  });
}

function callLanes(episodes: readonly Episode[], words: Messages, lang: Lang): readonly LaneOfEpisodes[] {
  const bySubject = Map.groupBy(episodes, (e) => e.subject ?? '');
  const length = (own: readonly Episode[]): number => own.reduce((sum, e) => sum + e.to - e.from, 0);
  const longest = [...bySubject].toSorted(([, a], [, b]) => length(b) - length(a));
  const named = longest.slice(0, MOST_CALLED).map(([subject, own]) => ({
    label: subject === '' ? words.lanes.calls : words.callsFor(subject.replace(SHORT_ID, '')),
    episodes: own,
  }));
  const rest = longest.slice(MOST_CALLED);
  if (rest.length === 0) return named;
  const label = words.callsFor(MORE[lang](rest.length));
  return [...named, { label, episodes: rest.flatMap(([, own]) => own) }];
}

const MORE: Readonly<Record<Lang, (n: number) => string>> = {
  en: (n) => `${n} more`,
  zh: (n) => `另外 ${n} 个`,
};
