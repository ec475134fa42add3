import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unsettledFor } from './settle.ts';

test('a kubelet that was started three times has settled when it has run for longer than in between', () => {
  const starts = [0, 20_000, 35_000];
  assert.equal(unsettledFor(starts, 36_000), 22_000);
  assert.equal(unsettledFor(starts, 60_000), 0);
});

test('one that was started twice in ten minutes has', () => {
  assert.equal(unsettledFor([0, 20_000], 21_000), 0);
  assert.equal(unsettledFor([0, 700_000, 720_000], 721_000), 0);
});
