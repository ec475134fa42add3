import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clockSpan, clockTicks } from './ticks.ts';

const BEGIN = Date.UTC(2026, 10, 24, 6, 19, 7);
const MINUTE = 60_000;

test('ticks are round times of the clock', () => {
  assert.deepEqual(
    clockTicks(BEGIN, BEGIN + 12 * MINUTE, 6).map((t) => t.label),
    ['06:20', '06:22', '06:24', '06:26', '06:28', '06:30'],
  );
  assert.deepEqual(
    clockTicks(BEGIN, BEGIN + 4 * 86_400_000, 5).map((t) => t.label),
    ['11-25', '11-26', '11-27', '11-28'],
  );
});

test('a span says its date once', () => {
  assert.deepEqual(clockSpan(BEGIN, BEGIN + MINUTE), ['2026-11-24 06:19:07', '06:20:07']);
  assert.deepEqual(clockSpan(BEGIN, BEGIN + 86_400_000), ['2026-11-24 06:19:07', '2026-11-25 06:19:07']);
});

test('there are never more ticks than were asked for but one, each within the span', () => {
  const any = fc.record({
    from: fc.integer({ min: 0, max: 8e15 }),
    span: fc.integer({ min: 1, max: 6e14 }),
    most: fc.integer({ min: 1, max: 12 }),
  });
  fc.assert(
    fc.property(any, ({ from, span, most }) => {
      const ticks = clockTicks(from, from + span, most);
      assert.ok(ticks.length <= most + 1);
      assert.ok(ticks.every((t) => t.at >= from && t.at <= from + span));
    }),
  );
});
