import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseLoadAverage } from './load-average.ts';

test('reads loads and task counts', () => {
  assert.deepEqual(parseLoadAverage('2.26 0.78 0.32 1/95 6382\n'), {
    load1: 2.26,
    load5: 0.78,
    load15: 0.32,
    runnable: 1,
    tasks: 95,
  });
});

test('any other text is null', () => {
  fc.assert(fc.property(fc.string(), (text) => parseLoadAverage(text) === null));
});
