import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Turn } from '../turns.ts';
import { barOf, blocksIn } from './bar.ts';

const turns: readonly Turn[] = [
  { at: 1000, to: 'True' },
  { at: 1040, to: 'False' },
  { at: 1060, to: 'True' },
  { at: 1090, to: 'Unknown' },
];

test('each column is a share of the time; what is marked stands below it', () => {
  const bar = barOf({ from: 1000, to: 1100, turns, marks: [1000, 1045, 1100] }, 10);
  assert.deepEqual(bar, ['▁▁▁▁██▁▁▁▒', '^   ^    ^']);
});

test('a loss that is too short for a column is seen nevertheless', () => {
  const short: readonly Turn[] = [
    { at: 0, to: 'True' },
    { at: 501, to: 'False' },
    { at: 502, to: 'True' },
  ];
  assert.deepEqual(barOf({ from: 0, to: 1000, turns: short, marks: [] }, 4), ['▁▁█▁', '']);
});

test('a course without length is one of its first status', () => {
  assert.deepEqual(barOf({ from: 5, to: 5, turns: [], marks: [5] }, 3), ['▁▁▁', '^']);
});

test('only blocks that occur are explained', () => {
  assert.deepEqual(blocksIn(turns.slice(0, 2)), [
    ['▁', 'True'],
    ['█', 'False'],
  ]);
});
