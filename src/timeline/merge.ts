import type { Episode } from './episode.ts';

/**
 * Joins what overlaps or follows within a time.
 * @param episodes of one kind about one subject
 */
export function mergeClose(episodes: readonly Episode[], withinMs: number): readonly Episode[] {
  const merged: Episode[] = [];
  for (const next of episodes.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && next.from - last.to <= withinMs) merged[merged.length - 1] = joined(last, next);
    else merged.push(next);
  }
  return merged;
}

function joined(a: Episode, b: Episode): Episode {
  const later = b.to >= a.to ? b : a;
  return {
    ...a,
    to: later.to,
    ended: later.ended,
    subject: a.subject ?? b.subject,
    about: a.about ?? b.about,
    count: a.count + b.count,
    observation: later.observation,
  };
}

/** {@link mergeClose} for each subject by itself. */
export function mergeBySubject(episodes: readonly Episode[], withinMs: number): readonly Episode[] {
  const bySubject = Map.groupBy(episodes, (e) => `${e.kind} ${e.about ?? e.subject}`);
  return [...bySubject.values()].flatMap((own) => mergeClose(own, withinMs));
}
