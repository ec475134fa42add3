import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hungCalls, hungRelist } from './hung-calls.ts';
import { firstTickAfter } from './status-ticks.ts';
import { foretellReady, foretellStalled } from './time-to-not-ready.ts';

const S = 1000;
const RULES = { periodMs: S, thresholdMs: 180 * S, inspections: 2 } as const;
const TICKS = { everyMs: 10 * S, phase: null };
const PHASED = { everyMs: 10 * S, phase: 4 * S };

test('a relist of 4 minutes loses Ready 3 minutes after it began', () => {
  const relist = { began: 0, takesMs: 240 * S, laterMs: 240 * S };
  assert.deepEqual(foretellReady(relist, 90 * S, PHASED, RULES), {
    nextNotReady: { at: 184 * S, withinSeconds: 3 },
    readyAgainAt: null,
  });
});

test('while it is lost, Ready comes back with the next relist and goes again 3 minutes into it', () => {
  const relist = { began: 0, takesMs: 240 * S, laterMs: 240 * S };
  assert.deepEqual(foretellReady(relist, 200 * S, PHASED, RULES), {
    nextNotReady: { at: 424 * S, withinSeconds: 3 },
    readyAgainAt: 244 * S,
  });
});

test('relists that must have ended are counted on, a day of them at once', () => {
  const began = 7 * S;
  const relist = { began, takesMs: 120 * S, laterMs: 240 * S };
  const now = began + 121 * S + 360 * 241 * S + 10 * S;
  const { nextNotReady, readyAgainAt } = foretellReady(relist, now, TICKS, RULES);
  assert.equal(nextNotReady?.at, now - 10 * S + 185 * S);
  assert.equal(readyAgainAt, null);
});

test('relists that end in time lose nothing', () => {
  const relist = { began: 0, takesMs: 120 * S, laterMs: 120 * S };
  assert.deepEqual(foretellReady(relist, 60 * S, TICKS, RULES), { nextNotReady: null, readyAgainAt: null });
});

test('a list that never comes: lost once, and for good', () => {
  assert.equal(foretellStalled(0, 60 * S, TICKS, RULES)?.nextNotReady?.at, 185 * S);
  assert.equal(foretellStalled(0, 300 * S, TICKS, RULES), null);
});

test('property: what is foretold lies ahead, and the true tick within the bound', () => {
  const given = fc.record({
    moment: fc.integer({ min: 0, max: 1e6 }),
    phase: fc.integer({ min: -1e6, max: 1e6 }),
    everyMs: fc.integer({ min: 4 * S, max: 60 * S }),
  });
  fc.assert(
    fc.property(given, ({ moment, phase, everyMs }) => {
      const tick = phase + (Math.floor((moment - phase) / everyMs) + 1) * everyMs;
      for (const known of [phase, null]) {
        const told = firstTickAfter(moment, { everyMs, phase: known });
        assert.ok(told.at > moment && Math.abs(told.at - tick) <= told.withinSeconds * S);
      }
    }),
  );
});

test('a stuck pod costs one timeout in the first relist, and then as many as the era asks for it', () => {
  assert.deepEqual(hungRelist(1, 120 * S, { inspections: 2 }), { firstMs: 120 * S, laterMs: 240 * S });
  assert.deepEqual(hungRelist(2, 120 * S, { inspections: 1 }), { firstMs: 240 * S, laterMs: 240 * S });
  assert.equal(hungCalls(3, { inspections: 2 }), 6);
});
