import type { Diagnosis } from '../../diagnose/diagnosis.ts';
import type { Mood } from '../document/block.ts';
import { worthTelling } from '../timeline/focus.ts';
import { type Lane, type Mark, type Picture, pictureOf } from '../timeline/picture.ts';
import { clockTicks } from '../timeline/ticks.ts';
import { BLANK, type Page, paragraph, say } from './page.ts';
import { type Line, merged, type Span, span, type Tone } from './span.ts';
import { columns, fit, pad } from './wrap.ts';

/** What a cell shows: told apart without colour, too. */
const BLOCKS: Readonly<Record<Mood, string>> = { bad: '█', warn: '▒', quiet: '░', good: '─' };
const DOT = '●';
const TONES: Readonly<Record<Mood, Tone>> = { bad: 'bad', warn: 'warn', quiet: 'dim', good: 'good' };
/** Where more than one thing falls into a cell, the worst is shown. */
const WEIGHTS: Readonly<Record<Mood, number>> = { bad: 3, warn: 2, quiet: 1, good: 0 };
const INDENT = 2;
const WIDEST_LABEL = 30;
/** Columns that a mark of the axis needs. */
const TICK_COLUMNS = 9;

/** Lanes over time, and what they have to do with each other; nothing where nothing went wrong. */
export function timelineLines(page: Page, { timeline, verdict }: Pick<Diagnosis, 'timeline' | 'verdict'>): Line[] {
  const picture = worthTelling(timeline, verdict === null) ? pictureOf(timeline, page.lang) : null;
  if (picture === null) return [];
  return [
    BLANK,
    ...paragraph(page, [span(page.words.timeline, 'heading'), span('  ')], picture.title, 'dim'),
    ...chartLines(picture, page.width),
    ...legendLines(page),
    ...timeline.correlations.flatMap((c) => paragraph(page, [span('  - ', 'dim')], say(page, c.text))),
  ];
}

function legendLines(page: Page): Line[] {
  const { bad, warn, quiet, good } = page.words.legend;
  const signs = [
    `${BLOCKS.bad} ${bad}`,
    `${BLOCKS.warn} ${warn}`,
    `${BLOCKS.quiet}${DOT} ${quiet}`,
    `${BLOCKS.good} ${good}`,
  ];
  return paragraph(page, [span(' '.repeat(INDENT))], signs.join('  '), 'dim');
}

/** The lanes and their axis alone. @param width columns in all */
export function chartLines(picture: Picture, width: number): Line[] {
  const longest = Math.max(...picture.lanes.map((lane) => columns(lane.label)));
  const labels = Math.min(longest, WIDEST_LABEL, Math.floor(width / 3));
  const cells = Math.max(1, width - INDENT - labels - 1);
  return [
    ...picture.lanes.map((lane): Line => {
      const label = pad(fit(lane.label, labels), labels);
      return [span(`${' '.repeat(INDENT)}${label} `), ...laneCells(picture, lane, cells)];
    }),
    axisLine(picture, cells, INDENT + labels + 1),
  ];
}

function laneCells({ from, to }: Picture, { marks }: Lane, cells: number): Span[] {
  const shown: (Mark | undefined)[] = Array.from({ length: cells });
  const cellOf = (at: number): number =>
    Math.min(cells - 1, Math.max(0, Math.floor(((at - from) / (to - from)) * cells)));
  for (const mark of marks) {
    for (let cell = cellOf(mark.from); cell <= cellOf(mark.to); cell++) {
      const there = shown[cell];
      if (there === undefined || WEIGHTS[mark.mood] > WEIGHTS[there.mood]) shown[cell] = mark;
    }
  }
  const cellMs = (to - from) / cells;
  return merged(shown.map((mark) => (mark === undefined ? span(' ') : cellSpan(mark, cellMs))));
}

function cellSpan({ from, to, mood }: Mark, cellMs: number): Span {
  const short = to - from < cellMs / 2 && mood !== 'good';
  return span(short ? DOT : BLOCKS[mood], TONES[mood]);
}

function axisLine({ from, to }: Picture, cells: number, margin: number): Line {
  let line = '';
  for (const { at, label } of clockTicks(from, to, Math.max(1, Math.floor(cells / TICK_COLUMNS)))) {
    const column = Math.round(((at - from) / (to - from)) * cells);
    if (column < line.length + (line === '' ? 0 : 1) || column + label.length + 1 > cells) continue;
    line = `${line.padEnd(column)}╵${label}`;
  }
  return [span(`${' '.repeat(margin)}${line}`, 'dim')];
}
