import { formatDuration } from '../../text/units.ts';
import { type Line, merged, type Span, span, type Tone } from './span.ts';

/** Eighths of a cell, from the bottom. */
const BLOCKS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
/** Quarters of a share. */
const SHADES = ['·', '░', '▒', '▓', '█'] as const;
const THRESHOLD_LINE = '╌';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Distances at which an axis of time may have its marks, ms. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((minutes) => minutes * MINUTE);
/** Columns that a mark and its distance to the next need. */
const MARK_COLUMNS = 9;

/** What the chart's height stands for. */
export interface Scale {
  /** ms, at the upper edge. */
  readonly top: number;
  readonly threshold: number;
  readonly rows: number;
}

const MOST_ROWS = 9;
const LEAST_ROWS = 4;

/** A row is a third of the threshold or, where that are too many, whole thresholds: its line lies at the top of a row. */
export function scaleFor(highest: number, threshold: number): Scale {
  const third = threshold / 3;
  const rowMs = highest <= MOST_ROWS * third ? third : threshold * Math.ceil(highest / (MOST_ROWS * threshold));
  const rows = Math.max(LEAST_ROWS, Math.ceil(highest / rowMs));
  return { top: rows * rowMs, threshold, rows };
}

/** One line a row, the highest first: a column for each value (ms), with the threshold as a line behind them. */
export function columnChart(values: readonly number[], { top, threshold, rows }: Scale, labelWidth: number): Line[] {
  const rowMs = top / rows;
  return Array.from({ length: rows }, (_, i) => {
    const row = rows - 1 - i;
    const [from, to] = [row * rowMs, (row + 1) * rowMs];
    const empty = from < threshold && threshold <= to ? THRESHOLD_LINE : ' ';
    const cells = values.map((value): Span => {
      const eighths = Math.round(Math.min(1, Math.max(0, (value - from) / rowMs)) * 8);
      const block = BLOCKS[eighths] ?? ' ';
      const tone: Tone = value > threshold ? 'bad' : 'plain';
      return eighths === 0 ? span(empty, 'dim') : span(block, tone);
    });
    const label = `${formatDuration(to)} `.padStart(labelWidth);
    return [span(`${label}┤`, 'dim'), ...merged(cells)];
  });
}

/** A line of shades: a dot for 0, a full block for 1. */
export function shareLine(shares: readonly number[]): Span[] {
  return merged(
    shares.map((share) => {
      const shade = share <= 0 ? 0 : Math.min(SHADES.length - 1, Math.max(1, Math.round(share * 4)));
      return shade === 0 ? span(SHADES[0], 'good') : span(SHADES[shade] ?? '█', 'bad');
    }),
  );
}

/** The axis of time with its marks, and the marks' names below. */
export function timeAxis(durationMs: number, width: number, labelWidth: number): Line[] {
  const fits = Math.max(1, Math.floor(width / MARK_COLUMNS));
  const longest = 1440 * MINUTE * Math.ceil(durationMs / (1440 * MINUTE * fits));
  const step = STEPS.find((ms) => durationMs / ms <= fits) ?? longest;
  let axis = '';
  let names = '';
  for (let at = 0; at <= durationMs; at += step) {
    const column = Math.min(width, Math.round((at / durationMs) * width));
    axis = `${axis.padEnd(column, '─')}${at === 0 ? '└' : column === width ? '┘' : '┴'}`;
    const name = at === 0 ? '0' : formatDuration(at);
    names = `${names.padEnd(Math.min(column, width + 1 - name.length))}${name}`;
  }
  const margin = ' '.repeat(labelWidth);
  return [[span(`${margin}${axis.padEnd(width + 1, '─')}`, 'dim')], [span(`${margin}${names}`, 'dim')]];
}
