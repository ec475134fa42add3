import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pressureFact } from './pressure-fact.ts';
import { parsePressure } from './pressure-file.ts';

const CPU = `some avg10=8.38 avg60=12.36 avg300=4.32 total=27637269
full avg10=0.00 avg60=0.00 avg300=0.00 total=0
`;

test('reads both lines of a pressure file', () => {
  assert.deepEqual(parsePressure(CPU), {
    some: { avg10: 8.38, avg60: 12.36, avg300: 4.32, totalUs: 27_637_269 },
    full: { avg10: 0, avg60: 0, avg300: 0, totalUs: 0 },
  });
});

test('cpu had no full line before kernel 5.13', () => {
  assert.equal(parsePressure(CPU.split('\n', 1)[0] ?? '')?.full, null);
});

test('a file that tells no pressure is null, whatever it holds', () => {
  assert.equal(parsePressure(''), null);
  fc.assert(fc.property(fc.string(), (text) => parsePressure(text) === null));
});

test('the share of the window comes from the totals, not from the decaying averages', () => {
  const before = parsePressure('some avg10=0.00 avg60=0.00 avg300=0.00 total=1000000\n');
  const after = parsePressure('some avg10=1.00 avg60=0.00 avg300=0.00 total=1500000\n');
  assert.ok(before && after);
  const fact = pressureFact('io', before, after, 2000);
  assert.equal(fact.windowSome, 0.25);
  assert.equal(fact.windowFull, null);
  assert.equal(pressureFact('io', null, after, 2000).windowSome, null);
});
