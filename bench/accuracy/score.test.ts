import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changes, type Result } from './last-result.ts';
import { isRight } from './score.ts';

const truth = { cause: 'cni-hung', accept: ['oci-runtime-hung'], symptomOnly: false };

test('right is the cause, or one that would not be wrong', () => {
  assert.deepEqual(
    ['cni-hung', 'oci-runtime-hung', 'undetermined', 'disk-full', null].map((v) => isRight(v, truth)),
    [true, true, false, false, false],
  );
});

test('of a symptom alone undetermined is right, and nothing wrong is not', () => {
  const symptom = { ...truth, symptomOnly: true };
  assert.deepEqual([isRight('undetermined', symptom), isRight(null, symptom)], [true, false]);
});

test('on a healthy node only silence is right', () => {
  const healthy = { cause: null, accept: [], symptomOnly: false };
  assert.deepEqual([isRight(null, healthy), isRight('undetermined', healthy)], [true, false]);
});

test('what became wrong is told first', () => {
  const kept = (verdict: string | null, right: boolean) => ({
    verdict,
    right,
    status: 'likely',
    confidence: 0.6,
    rightInTopThree: right,
    plain: [],
  });
  const before: Result = { a: kept(null, false), b: kept('cni-hung', true), c: kept(null, true) };
  const now: Result = {
    a: kept('cni-hung', true),
    b: kept('disk-full', false),
    c: kept(null, true),
    d: kept(null, true),
  };
  assert.deepEqual(
    changes(before, now).map((line) => line.slice(0, 8)),
    ['WORSE  b', 'better a', 'new    d'],
  );
});
