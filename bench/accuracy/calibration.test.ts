import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calibrate } from './calibration.ts';

const claims = (confidence: number, right: number, wrong: number) => [
  ...Array.from({ length: right }, () => ({ confidence, right: true })),
  ...Array.from({ length: wrong }, () => ({ confidence, right: false })),
];

test('nine right of ten at 0.9 is calibrated', () => {
  const { buckets, error } = calibrate(claims(0.9, 9, 1));
  assert.deepEqual([buckets.length, buckets[0]?.claims, buckets[0]?.right], [1, 10, 9]);
  assert.ok((error ?? 1) < 1e-9);
});

test('sure and wrong costs more than unsure and wrong', () => {
  assert.ok((calibrate(claims(0.97, 0, 1)).brier ?? 0) > (calibrate(claims(0.6, 0, 1)).brier ?? 1));
});

test('certainty has a bucket, and no claims have neither score', () => {
  assert.equal(calibrate(claims(1, 1, 0)).buckets[0]?.claims, 1);
  assert.deepEqual(calibrate([]), { buckets: [], brier: null, error: null });
});
