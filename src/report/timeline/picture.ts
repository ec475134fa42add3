import { RELIST_THRESHOLD_MS } from '../../causes/support/kubelet.ts';
import type { Lang } from '../../text/text.ts';
import { formatDuration } from '../../text/units.ts';
import { harmlessLine } from '../../text/untrusted.ts';
import type { Episode, Timeline } from '../../timeline/episode.ts';
import { titleOf } from '../../timeline/titles.ts';
import type { Mood } from '../document/block.ts';
import { messagesIn } from '../messages/messages.ts';
import { focusOf, SHORTEST_MS, type Span } from './focus.ts';
import { lanesOf } from './lanes.ts';
import { moodOf } from './moods.ts';
import { clock, clockSpan } from './ticks.ts';

/** A stretch or a moment (`from` = `to`) of a lane. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly mood: Mood;
  /** What it is and when, harmless. */
  readonly title: string;
}

export interface Lane {
  /** Harmless. */
  readonly label: string;
  readonly marks: readonly Mark[];
}

/** What is drawn of a timeline, whatever draws it. All text in it is harmless and short. */
export interface Picture extends Span {
  readonly lanes: readonly Lane[];
  readonly title: string;
  /** The picture in words. */
  readonly description: string;
}

/** More than a lane has pixels: of so many the newest. */
const MOST_MARKS = 600;
const LONGEST_LABEL = 80;
const LONGEST_TITLE = 200;

/** null where there is nothing to draw: nothing went wrong, or too short a time is known. */
export function pictureOf(timeline: Timeline, lang: Lang): Picture | null {
  const { from, to } = focusOf(timeline);
  const shown = timeline.episodes.filter((e) => e.to >= from);
  if (to - from < SHORTEST_MS || !shown.some((e) => moodOf(e) === 'bad')) return null;
  const words = messagesIn(lang);
  const lanes = lanesOf(shown, words, lang).map(({ label, episodes }) => ({
    label: harmlessLine(label, LONGEST_LABEL),
    marks: episodes.slice(-MOST_MARKS).flatMap((e) => marksOf({ ...e, from: Math.max(e.from, from) }, lang)),
  }));
  const labels = lanes.map((l) => `${l.label} (${l.marks.length})`).join(words.listSeparator);
  return {
    from,
    to,
    lanes,
    title: words.timelineFromTo(...clockSpan(from, to)),
    description: `${words.timelineShows}${words.colon}${labels}`,
  };
}

/** A relist takes Ready away only once it is older than the threshold: until then it is but slow. */
function marksOf(e: Episode, lang: Lang): readonly Mark[] {
  const mark = { from: e.from, to: e.to, mood: moodOf(e), title: described(e, lang) };
  if (e.kind !== 'pleg-stall') return [mark];
  const passes = e.from + RELIST_THRESHOLD_MS;
  if (passes >= e.to) return [{ ...mark, mood: 'warn' }];
  return [
    { ...mark, to: passes, mood: 'warn' },
    { ...mark, from: passes },
  ];
}

/** `00:20:46 relist stalled, 4m` */
export function described(e: Episode, lang: Lang): string {
  const { listSeparator } = messagesIn(lang);
  const what = titleOf(e)[lang];
  const long = e.to - e.from >= 1000 ? `${listSeparator}${formatDuration(e.to - e.from)}` : '';
  return harmlessLine(`${clock(e.from, true)} ${what}${long}`, LONGEST_TITLE);
}
