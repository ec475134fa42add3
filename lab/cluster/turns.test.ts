import assert from 'node:assert/strict';
import { test } from 'node:test';
import { losses, ofRhythm, periods, returns, type Turn } from './turns.ts';

const turn = (seconds: number, to: Turn['to']): Turn => ({ at: seconds * 1000, to });
const flaps = { losses: 2, periodSeconds: 241, toleranceSeconds: 15 };
const twice = [turn(0, 'True'), turn(300, 'False'), turn(361, 'True'), turn(540, 'False'), turn(602, 'True')];

test('a loss is a turn away from True, a return one back to it', () => {
  assert.deepEqual(losses(twice), [300_000, 540_000]);
  assert.deepEqual(returns(twice), [361_000, 602_000]);
  assert.deepEqual(periods(twice), [240]);
});

test('from False to Unknown nothing is lost that was not lost before', () => {
  const turns = [turn(0, 'True'), turn(10, 'False'), turn(50, 'Unknown'), turn(90, 'True')];
  assert.deepEqual([losses(turns), returns(turns)], [[10_000], [90_000]]);
});

test('a node that is lost when it is first seen was lost then; one that is well has not come back', () => {
  assert.deepEqual([losses([turn(5, 'Unknown')]), returns([turn(5, 'True')])], [[5000], []]);
});

test('as many losses as are true, a period apart, are the rhythm', () => {
  assert.deepEqual(ofRhythm(flaps, twice), []);
});

test('too few losses and a period that is off are told', () => {
  assert.deepEqual(ofRhythm(flaps, twice.slice(0, 2)), ['Ready was lost 1 of 2 times']);
  assert.deepEqual(ofRhythm({ ...flaps, periodSeconds: 200 }, twice), ['a period of 240 s, not of 200 s within 15 s']);
});
