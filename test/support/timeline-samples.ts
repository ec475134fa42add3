import { correlate } from '../../src/timeline/correlations.ts';
import type { Episode, EpisodeKind, Timeline } from '../../src/timeline/episode.ts';
import { CONTAINER_ID, EXAMINED_AT } from './case-samples.ts';

const HUNG = { subject: 'default/web-0/writer (8ca961fa0d0b)', about: `container:${CONTAINER_ID}` } as const;

/** An episode that begins and ends so many seconds after {@link EXAMINED_AT}. */
export function episode(kind: EpisodeKind, from: number, to: number, changes: Partial<Episode> = {}): Episode {
  return {
    kind,
    from: EXAMINED_AT + from * 1000,
    to: EXAMINED_AT + to * 1000,
    begun: 'seen',
    ended: 'seen',
    subject: null,
    about: null,
    count: 1,
    observation: 'o1',
    ...changes,
  };
}

export function timelineOf(episodes: readonly Episode[], changes: Partial<Timeline> = {}): Timeline {
  const from = Math.min(EXAMINED_AT, ...episodes.map((e) => e.from));
  return { from, to: EXAMINED_AT, episodes, omitted: 0, correlations: correlate(episodes), ...changes };
}

/** Twelve minutes in which a container of which the status never comes takes Ready away twice. */
export function flappingTimeline(): Timeline {
  return timelineOf([
    episode('kubelet-started', -720, -720),
    episode('ready', -712, -430),
    episode('pod-force-deleted', -614, -614, { subject: 'default/web-0' }),
    episode('calls-hung', -611, -131, { ...HUNG, count: 4 }),
    episode('pleg-stall', -611, -371, { count: 2 }),
    episode('not-ready', -430, -369, { side: 'node' }),
    episode('ready', -369, -189),
    episode('pleg-stall', -370, -130, { count: 2 }),
    episode('not-ready', -189, -128, { side: 'node' }),
    episode('ready', -128, 0, { ended: 'going-on' }),
  ]);
}

export function emptyTimeline(): Timeline {
  return timelineOf([]);
}
