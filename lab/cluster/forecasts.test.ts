import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Forecast, forecastsOf, judge, ofForecast } from './forecasts.ts';
import type { Turn } from './turns.ts';

const S = 1000;
const turns: Turn[] = [
  { at: 0, to: 'True' },
  { at: 300 * S, to: 'False' },
  { at: 361 * S, to: 'True' },
  { at: 541 * S, to: 'False' },
];
const loss = (madeAt: number, foretold: number): Forecast => ({
  look: 'ready-1',
  madeAt: madeAt * S,
  of: 'loss',
  for: foretold * S,
});

test('a forecast is held against the first loss after it was made', () => {
  const { came, right } = judge(loss(305, 545), turns, 600 * S);
  assert.deepEqual([came, right], [541 * S, true]);
  assert.equal(judge(loss(10, 545), turns, 600 * S).right, false, 'the loss before it was not foretold');
});

test('ten seconds off are right, eleven are not', () => {
  assert.equal(judge(loss(305, 551), turns, 600 * S).right, true);
  assert.equal(judge(loss(305, 552), turns, 600 * S).right, false);
  assert.equal(judge(loss(305, 530), turns, 600 * S).right, false);
});

test('a return is held against the next return', () => {
  const again: Forecast = { ...loss(305, 365), of: 'return' };
  assert.deepEqual(judge(again, turns, 600 * S).right, true);
  assert.deepEqual(ofForecast(judge({ ...again, for: 400 * S }, turns, 600 * S)), [
    'ready-1: the return of Ready was foretold for 1970-01-01T00:06:40.000Z and came 39 s earlier',
  ]);
});

test('what is not due yet is neither right nor wrong; what never came is wrong', () => {
  assert.equal(judge(loss(550, 780), turns, 600 * S).right, null);
  const never = judge(loss(550, 780), turns, 800 * S);
  assert.equal(never.right, false);
  assert.match(ofForecast(never)[0] ?? '', /never came$/);
});

test('forecasts are read from the JSON, where it has any', () => {
  const flaps = { transitions: 2, periodSeconds: null, inferredRelistSeconds: null, inferredHungCalls: null };
  const nextNotReady = { at: '1970-01-01T00:09:00Z', withinSeconds: 5 };
  assert.deepEqual(forecastsOf('ready-1', 7, { flaps: { ...flaps, nextNotReady, readyAgainAt: null } }), [
    { look: 'ready-1', madeAt: 7, of: 'loss', for: 540 * S },
  ]);
  const readyAgainAt = '1970-01-01T00:06:01Z';
  assert.deepEqual(forecastsOf('not-ready-1', 7, { flaps: { ...flaps, nextNotReady: null, readyAgainAt } }), [
    { look: 'not-ready-1', madeAt: 7, of: 'return', for: 361 * S },
  ]);
  assert.deepEqual(forecastsOf('during', 7, { flaps: null }), []);
});
