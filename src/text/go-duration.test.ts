import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatGoDuration, parseGoDuration } from './go-duration.ts';

test('durations of kubelet logs', () => {
  const known: [string, number][] = [
    ['3m5.3s', 185_300],
    ['3m0s', 180_000],
    ['2h33m12.704970756s', 9_192_704.970756],
    ['4h19m47.369998188s', 15_587_369.998188],
    ['150ms', 150],
    ['1.5µs', 0.0015],
    ['12ns', 0.000012],
    ['0s', 0],
    ['0', 0],
    ['-2s', -2000],
  ];
  for (const [text, ms] of known) {
    assert.ok(Math.abs((parseGoDuration(text) ?? Number.NaN) - ms) < 1e-6, text);
  }
});

test('a fraction that lost its integer seconds, as in quoted logs', () => {
  assert.equal(parseGoDuration('3m.63s'), 180_630);
});

test('the longest duration, which old kubelets print before the first relist', () => {
  assert.equal(Math.round(parseGoDuration('2562047h47m16.854775807s') ?? 0), 9_223_372_036_855);
});

test('what is no duration', () => {
  for (const text of ['', '3', 's', 'm3', '3m ', ' 3m', '3m5', '3x', '.s', '--3s', '1e3s', '3m'.repeat(40)]) {
    assert.equal(parseGoDuration(text), null, JSON.stringify(text));
  }
});

test('what Go writes is read back', () => {
  const parts = fc.record({
    h: fc.integer({ min: 0, max: 2_562_047 }),
    m: fc.integer({ min: 0, max: 59 }),
    s: fc.integer({ min: 0, max: 59 }),
    ns: fc.integer({ min: 0, max: 999_999_999 }),
  });
  fc.assert(
    fc.property(parts, ({ h, m, s, ns }) => {
      const fraction = String(ns).padStart(9, '0').replace(/0+$/, '');
      const text = `${h}h${m}m${s}${fraction === '' ? '' : `.${fraction}`}s`;
      const expected = ((h * 60 + m) * 60 + s) * 1000 + ns / 1e6;
      assert.ok(Math.abs((parseGoDuration(text) ?? Number.NaN) - expected) < 0.01, text);
    }),
  );
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const ms = parseGoDuration(text);
      assert.ok(ms === null || Number.isFinite(ms));
    }),
  );
});

test('durations are written as Go writes them', () => {
  const known: [number, string][] = [
    [0, '0s'],
    [0.000001, '1ns'],
    [0.0015, '1.5µs'],
    [2.5, '2.5ms'],
    [1000, '1s'],
    [180_000, '3m0s'],
    [185_326, '3m5.326s'],
    [9_192_704.5, '2h33m12.7045s'],
    [-2000, '-2s'],
  ];
  for (const [ms, text] of known) assert.equal(formatGoDuration(ms), text);
});

test('what is written is read as the same', () => {
  const ms = fc.integer({ min: -1e9, max: 1e9 }).map((us) => us / 1000);
  fc.assert(fc.property(ms, (n) => Math.abs((parseGoDuration(formatGoDuration(n)) ?? Number.NaN) - n) < 1e-6));
});
