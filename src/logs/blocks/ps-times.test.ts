import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LineClock } from '../formats/dates.ts';
import { elapsedMs, startOf } from './ps-times.ts';

const CLOCK: LineClock = { now: Date.UTC(2020, 6, 15, 10), years: 'past', zone: 0 };

test('the day on which a process was started, at its latest', () => {
  assert.equal(startOf('Jun17', CLOCK), Date.UTC(2020, 5, 17, 23, 59, 59));
  assert.equal(startOf('2019', CLOCK), Date.UTC(2019, 11, 31, 23, 59, 59));
  assert.equal(startOf('Mon Jun 17 03:18:17 2019', CLOCK), Date.UTC(2019, 5, 17, 3, 18, 17));
  assert.equal(startOf('10:43', CLOCK), null, 'of which day it is, is not told');
});

test('for how long it has run', () => {
  assert.equal(elapsedMs('05:03'), 303_000);
  assert.equal(elapsedMs('1-02:03:04'), 93_784_000);
  assert.equal(elapsedMs('93784'), 93_784_000);
  assert.equal(elapsedMs('Jun17'), null);
});

test('no word makes them throw', () => {
  fc.assert(fc.property(fc.string(), (word) => startOf(word, CLOCK) !== undefined && elapsedMs(word) !== undefined));
});
