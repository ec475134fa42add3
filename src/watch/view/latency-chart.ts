import { columnChart } from '../../report/terminal/column-chart.ts';
import { type Line, span } from '../../report/terminal/span.ts';
import { formatDuration } from '../../text/units.ts';
import type { Scene } from './scene.ts';

const ROWS = 3;
const LABEL_WIDTH = 8;
/** What fits above without being a chart of noise, ms. */
const LEAST_TOP_MS = 10;

/** How long our relists took, oldest to the left; each column shows the longest of its time. */
export function latencyChart({ state, words, width, now }: Scene): Line[] {
  const { relists } = state;
  const first = relists[0];
  if (first === undefined) return [];
  const values = longest(
    relists.map((r) => r.tookMs),
    width - LABEL_WIDTH - 1,
  );
  const scale = { top: niceTop(Math.max(...values)), threshold: Number.POSITIVE_INFINITY, rows: ROWS };
  const span_ = formatDuration(Math.max(0, Math.round((now - first.at) / 1000) * 1000));
  return [[span(words.chart(span_), 'strong')], ...columnChart(values, scale, LABEL_WIDTH)];
}

/** At most `count` values, each the largest of its share. */
export function longest(values: readonly number[], count: number): readonly number[] {
  if (values.length <= count) return values;
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [i, i + 1].map((n) => Math.floor((n * values.length) / count));
    return Math.max(...values.slice(from, to));
  });
}

/** The next of 30, 60, 150, 300 ms and so on: each row then is 1, 2 or 5 of something. */
function niceTop(highest: number): number {
  for (let row = LEAST_TOP_MS; ; row *= 10) {
    for (const factor of [1, 2, 5]) if (ROWS * row * factor >= highest) return ROWS * row * factor;
  }
}
