import type { Episode, EpisodeKind, Timeline } from '../../timeline/episode.ts';
import { moodOf } from './moods.ts';

export interface Span {
  /** Unix ms. */
  readonly from: number;
  readonly to: number;
}

/** A silence that takes more of the picture than this hides what came after it. */
const MOST_SILENCE = 0.7;
/** What is shown of the time before, in parts of the rest. */
const LEAD = 0.05;
/** A shorter time is no picture. */
export const SHORTEST_MS = 60_000;

/**
 * The time to draw: all that was told of, or only what came after a long silence. Old trouble in the kernel's log must
 * not make a dot of the incident.
 */
export function focusOf({ from, to, episodes }: Timeline): Span {
  const busy = episodes.filter((e) => e.kind !== 'ready').toSorted((a, b) => a.from - b.from);
  let [heard, begin, longest] = [from, from, 0];
  for (const e of busy) {
    if (e.from - heard > longest) [begin, longest] = [e.from, e.from - heard];
    heard = Math.max(heard, e.to);
  }
  const rest = to - begin;
  const hides = longest > MOST_SILENCE * (to - from) && rest >= SHORTEST_MS && tellsOfTrouble(busy, begin);
  return hides ? { from: begin - LEAD * rest, to } : { from, to };
}

function tellsOfTrouble(episodes: readonly Episode[], from: number): boolean {
  return episodes.some((e) => e.from >= from && moodOf(e) === 'bad');
}

const LOSSES: ReadonlySet<EpisodeKind> = new Set(['not-ready', 'ready-unknown', 'pleg-stall']);

/** Of a node that is well now, only what took Ready away is worth telling: an old OOM kill would read as an alarm. */
export function worthTelling({ episodes }: Timeline, well: boolean): boolean {
  return !well || episodes.some((e) => LOSSES.has(e.kind));
}
