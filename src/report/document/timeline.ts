import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import { formatDuration } from '../../text/units.ts';
import type { Episode, Timeline } from '../../timeline/episode.ts';
import { titleOf } from '../../timeline/titles.ts';
import { worthTelling } from '../timeline/focus.ts';
import { moodOf } from '../timeline/moods.ts';
import { pictureOf } from '../timeline/picture.ts';
import { clock } from '../timeline/ticks.ts';
import { type Block, heading, type LegendEntry, type Runs, run } from './block.ts';
import { utc } from './impact.ts';
import type { Reader } from './post-mortem.ts';

/** A page has room for so many. */
const MOST_ROWS = 24;
const DAY_MS = 86_400_000;
/** Two sources may tell of one moment this far apart. */
const MOMENT_MS = 1000;

/** The picture, what its lanes have to do with each other, and the same as a table. */
export function timelineSection(reader: Reader, { timeline, verdict }: Diagnosis): Block[] {
  const picture = worthTelling(timeline, verdict === null) ? pictureOf(timeline, reader.lang) : null;
  if (picture === null) return [];
  const told = timeline.correlations.map((c): Runs => [run(reader.say(c.text))]);
  return [
    heading(reader.words.timeline),
    { kind: 'timeline', picture, legend: legend(reader) },
    ...(told.length === 0 ? [] : [{ kind: 'list' as const, items: told }]),
    ...episodeTable(reader, timeline),
  ];
}

function legend({ words }: Reader): readonly LegendEntry[] {
  return [
    { mood: 'bad', text: words.legend.bad },
    { mood: 'warn', text: words.legend.warn },
    { mood: 'quiet', text: words.legend.quiet },
    { mood: 'good', text: words.legend.good },
  ];
}

/** The picture in words: what matters most where not all has room. */
function episodeTable({ words, say }: Reader, { from, to, episodes, omitted }: Timeline): Block[] {
  const loud = episodes.filter((e) => moodOf(e) !== 'good');
  const chosen = loud.length <= MOST_ROWS ? loud : loud.filter((e) => moodOf(e) !== 'quiet').slice(-MOST_ROWS);
  if (chosen.length === 0) return [];
  const whole = to - from > DAY_MS;
  const rows = chosen.map((e): readonly Runs[] => [
    [run(whole ? utc(e.from).replace(' UTC', '') : clock(e.from, true))],
    [run(say(titleOf(e)))],
    [run(lasted(words, e))],
  ]);
  const left = loud.length - chosen.length + omitted;
  return [
    { kind: 'table', head: [words.beganUtc, words.observed, words.lasted], rows, compact: true },
    ...(left === 0 ? [] : [{ kind: 'paragraph' as const, runs: [run(words.moreEpisodes(left), 'dim')] }]),
  ];
}

function lasted(words: Reader['words'], { from, to, begun, ended }: Episode): string {
  if (to - from < MOMENT_MS && ended !== 'going-on') return '';
  const long = formatDuration(to - from);
  if (ended === 'going-on') return words.goesOn(long);
  return ended === 'unknown' || begun === 'before' ? words.atLeast(long) : long;
}
