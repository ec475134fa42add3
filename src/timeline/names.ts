import { correlate } from './correlations.ts';
import type { Timeline } from './episode.ts';

/** A timeline with the names that another case file of the node knows: a container that is gone has none any more. */
export function withNamesOf(timeline: Timeline, other: Timeline): Timeline {
  const names = new Map(other.episodes.flatMap((e) => (isFull(e.subject) ? [[e.about, e.subject] as const] : [])));
  const episodes = timeline.episodes.map((e) => {
    const known = e.about === null || isFull(e.subject) ? undefined : names.get(e.about);
    return known === undefined ? e : { ...e, subject: known };
  });
  return { ...timeline, episodes, correlations: correlate(episodes) };
}

/** `namespace/pod/container`, not an id alone. */
function isFull(subject: string | null): boolean {
  return subject?.includes('/') === true;
}
