import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CAUSE_SLUGS } from '../../src/causes/slugs.ts';
import type { Judged, Outcome } from './outcome.ts';
import { countsOf, tableOf } from './table.ts';

const judged = (truth: Judged['truth'], verdict: Judged['verdict'], subjectsRight: boolean | null = null): Judged => ({
  look: null,
  truth,
  verdict,
  subjectsRight,
  differences: truth === verdict && subjectsRight !== false ? [] : ['differs'],
});
const outcome = (...all: Judged[]): Outcome => ({ scenario: 'host/some', judged: all, failure: null });

test('a row is a truth, a column a verdict; only what occurs is there, what is right stands on the diagonal', () => {
  const table = tableOf([
    outcome(judged(null, null), judged('disk-full', 'disk-full'), judged(null, null)),
    outcome(judged('kubelet-down', 'undetermined'), judged('disk-full', null)),
  ]);
  assert.deepEqual(table, [
    '                 1  2  3  4',
    ' 1 none          2  ·  ·  ·',
    ' 2 disk-full     1  1  ·  ·',
    ' 3 kubelet-down  ·  ·  ·  1',
    ' 4 undetermined  ·  ·  ·  ·',
  ]);
});

test('with every cause in it the table is at most a hundred and forty columns wide', () => {
  const all = CAUSE_SLUGS.map((cause) => judged(cause, cause));
  const table = tableOf([outcome(judged(null, 'undetermined'), ...all)]);
  assert.equal(table.length, CAUSE_SLUGS.length + 3);
  assert.ok(Math.max(...table.map((line) => line.length)) <= 140);
});

test('causes count where something was wrong, false alarms where nothing was, subjects where somebody must be named', () => {
  const counts = countsOf([
    outcome(judged(null, null), judged(null, 'disk-full'), judged(null, null)),
    outcome(judged('disk-full', 'disk-full', true), judged('disk-full', 'disk-full', false)),
    outcome(judged('kubelet-down', null)),
    { scenario: 'host/none', judged: [], failure: 'no loop device' },
  ]);
  assert.deepEqual(counts, {
    cause: { part: 2, all: 3 },
    subjects: { part: 1, all: 2 },
    falseAlarms: { part: 1, all: 3 },
  });
});

test('without any outcome there is an empty table', () => {
  assert.deepEqual(tableOf([]), ['']);
});
