import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, type CaseBuilder, NOW } from '../../test/support/case.ts';
import { CaseView } from '../evidence/view.ts';
import { inferFlaps } from './flaps.ts';

/** The rhythm; what it foretells is in forecast.test.ts. */
const flapsOf = (given: CaseBuilder) => {
  const found = inferFlaps(new CaseView(given.build()));
  if (found === null) return null;
  const { nextNotReady: _next, readyAgainAt: _again, ...rhythm } = found;
  return rhythm;
};
const SECOND = 1000;

/** A node that is lost for `out` seconds of every `period`, so many times, as its log tells. */
function flapping(times: number, period: number, out: number): CaseBuilder {
  const it = aCase();
  for (let i = times; i > 0; i -= 1) {
    it.logged('node-became-not-ready', i * period * SECOND);
    it.logged('node-became-ready', (i * period - out) * SECOND);
  }
  return it;
}

test('a node lost for 61 s of every 241 s has two timed-out calls in a relist of about 4 minutes', () => {
  assert.deepEqual(flapsOf(flapping(3, 241, 61)), {
    transitions: 6,
    periodSeconds: 241,
    inferredRelistSeconds: 241,
    inferredHungCalls: 2,
  });
});

test('three hung calls make it 6 minutes, half of them NotReady', () => {
  const found = flapsOf(flapping(3, 361, 181));
  assert.equal(found?.inferredHungCalls, 3);
});

test('one loss alone tells the relist time: 3 minutes and what it lasted', () => {
  const found = flapsOf(flapping(1, 300, 62));
  assert.deepEqual(found, { transitions: 2, periodSeconds: null, inferredRelistSeconds: 242, inferredHungCalls: 2 });
});

test('a rhythm that no relist keeps is reported and not explained', () => {
  const found = flapsOf(flapping(4, 900, 20));
  assert.equal(found?.periodSeconds, 900);
  assert.equal(found?.inferredRelistSeconds, null);
  assert.equal(found?.inferredHungCalls, null);
});

test('a relist that is no multiple of the timeout is overload, not hung calls', () => {
  const found = flapsOf(flapping(3, 300, 120));
  assert.equal(found?.inferredRelistSeconds, 300);
  assert.equal(found?.inferredHungCalls, null);
});

test('the kubelet’s own request timeout counts', () => {
  const found = flapsOf(flapping(3, 241, 61).kubelet('v1.20.2', null, { runtimeRequestTimeoutMs: 60_000 }));
  assert.equal(found?.inferredHungCalls, 4);
});

test('condition timestamps count as well, and one change told twice counts once', () => {
  const at = (ago: number) => ({ since: NOW - ago * SECOND });
  const it = aCase()
    .ready('False', 100 * SECOND, at(100))
    .ready('False', 90 * SECOND, at(99))
    .ready('True', 0, at(38));
  assert.deepEqual(flapsOf(it), {
    transitions: 2,
    periodSeconds: null,
    inferredRelistSeconds: 242,
    inferredHungCalls: 2,
  });
});

test('an Unknown is a change, but the control plane’s word says nothing of the relist', () => {
  const it = aCase()
    .ready('Unknown', 0, { since: NOW - 100 * SECOND })
    .ready('True', 0, { since: NOW - 38 * SECOND });
  assert.deepEqual(flapsOf(it), {
    transitions: 2,
    periodSeconds: null,
    inferredRelistSeconds: null,
    inferredHungCalls: null,
  });
});

test('fewer than two changes tell nothing', () => {
  assert.equal(flapsOf(aCase()), null);
  assert.equal(flapsOf(aCase().ready('True', 0, { since: NOW - 1000 })), null);
});
