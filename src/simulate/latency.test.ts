import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawLatency, meanLatency } from './latency.ts';
import { exponential, randomFrom } from './random.ts';

const LATENCY = { p50Ms: 20, p99Ms: 400 };
const DRAWS = 20_000;

function draws(draw: () => number): number[] {
  return Array.from({ length: DRAWS }, draw).toSorted((a, b) => a - b);
}
function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}
const within = (actual: number, expected: number, share: number) =>
  assert.ok(Math.abs(actual / expected - 1) < share, `${actual}, not ${expected}`);

test('what is drawn has the median, the 99th percentile and the mean that were asked for', () => {
  const random = randomFrom(7);
  const sorted = draws(() => drawLatency(LATENCY, random));
  within(sorted[DRAWS / 2] ?? 0, 20, 0.05);
  within(sorted[DRAWS * 0.99] ?? 0, 400, 0.1);
  within(mean(sorted), meanLatency(LATENCY), 0.1);
});

test('one number is a latency that never varies', () => {
  const random = randomFrom(7);
  const constant = { p50Ms: 20, p99Ms: 20 };
  assert.deepEqual([drawLatency(constant, random), meanLatency(constant)], [20, 20]);
});

test('numbers lie evenly from 0 up to 1, and the seed decides them', () => {
  const random = randomFrom(7);
  const sorted = draws(random);
  assert.ok((sorted[0] ?? -1) >= 0 && (sorted.at(-1) ?? 1) < 1);
  within(mean(sorted), 0.5, 0.02);
  assert.equal(randomFrom(3)(), randomFrom(3)());
  assert.notEqual(randomFrom(3)(), randomFrom(4)());
});

test('events at random come at their mean distance', () => {
  const random = randomFrom(7);
  within(mean(draws(() => exponential(random, 10))), 10, 0.05);
});
