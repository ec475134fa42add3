import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnChart, scaleFor, shareLine, timeAxis } from './column-chart.ts';
import { paint } from './paint.ts';
import type { Line } from './span.ts';

const MINUTE = 60_000;
const THRESHOLD = 3 * MINUTE;
const drawn = (lines: readonly Line[]) => paint(lines, null).trimEnd().split('\n');

test('a column is as high as its value, and the threshold is a line behind them', () => {
  const values = [0, 1, 2.5, 3, 4].map((minutes) => minutes * MINUTE);
  assert.deepEqual(drawn(columnChart(values, { top: 4 * MINUTE, threshold: THRESHOLD, rows: 4 }, 4)), [
    ' 4m ┤    █',
    ' 3m ┤╌╌▄██',
    ' 2m ┤  ███',
    ' 1m ┤ ████',
  ]);
});

test('only what is above the threshold is bad', () => {
  const [, row] = columnChart([THRESHOLD, THRESHOLD + 1], { top: 4 * MINUTE, threshold: THRESHOLD, rows: 4 }, 4);
  assert.deepEqual(
    row?.slice(1).map((s) => s.tone),
    ['plain', 'bad'],
  );
});

test('the scale has the threshold at the top of a row, and room above', () => {
  assert.deepEqual(scaleFor(2000, THRESHOLD), { top: 4 * MINUTE, threshold: THRESHOLD, rows: 4 });
  assert.deepEqual(scaleFor(4.1 * MINUTE, THRESHOLD), { top: 5 * MINUTE, threshold: THRESHOLD, rows: 5 });
  for (const minutes of [1, 3, 9, 10, 27, 28, 100, 3000]) {
    const { top, rows } = scaleFor(minutes * MINUTE, THRESHOLD);
    assert.ok(top >= minutes * MINUTE && rows <= 9, `${minutes}`);
  }
});

test('a share is a shade, and the least of it is seen', () => {
  assert.equal(
    shareLine([0, 0.01, 0.3, 0.5, 0.75, 1])
      .map((s) => s.text)
      .join(''),
    '·░░▒▓█',
  );
});

test('the axis has round times at their columns, whatever the width', () => {
  assert.deepEqual(drawn(timeAxis(60 * MINUTE, 30, 2)), [
    '  └──────────────┴──────────────┘',
    '  0              30m           1h',
  ]);
  for (const width of [20, 30, 71, 110]) {
    for (const minutes of [1, 7, 60, 1440, 10_080]) {
      for (const line of drawn(timeAxis(minutes * MINUTE, width, 4))) assert.ok(line.length <= width + 5, line);
    }
  }
});
