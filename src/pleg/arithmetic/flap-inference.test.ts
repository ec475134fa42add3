import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ERAS } from '../eras.ts';
import { inferCycle, inferHungCalls, rhythmOf, type Turn } from './flap-inference.ts';
import { changeBlurMs, flapPattern } from './flap-pattern.ts';

const S = 1000;
const RULES = { periodMs: S, thresholdMs: 180 * S, inspections: 2 } as const;
const SIGHT = { tickMs: 10 * S, resolutionMs: S };

interface Flapping {
  /** How long each relist takes, and its list within it, ms. */
  readonly relistMs: number;
  readonly listMs: number;
  /** Of the first node status, ms after the first relist began. */
  readonly phase: number;
  /** From one status to the next, ms. */
  readonly everyMs: number;
  readonly cycles: number;
}

/** What a node shows that is looked at tick by tick, in whole seconds: the rules as the kubelet has them, without any arithmetic. */
function watched({ relistMs, listMs, phase, everyMs, cycles }: Flapping): readonly Turn[] {
  const turns: Turn[] = [];
  const cycle = relistMs + RULES.periodMs;
  let ready = true;
  for (let tick = phase; tick < cycles * cycle; tick += everyMs) {
    // The newest relist whose list was answered has set the stamp.
    const stamp = Math.max(0, Math.floor((tick - listMs) / cycle)) * cycle;
    const healthy = tick - stamp <= RULES.thresholdMs;
    if (healthy !== ready) turns.push({ at: Math.floor(tick / S) * S, to: healthy ? 'ready' : 'not-ready' });
    ready = healthy;
  }
  return turns;
}

/** Any node whose relists hang on k calls for longer than the threshold by more than a tick may hide. */
const flapping = fc
  .record({
    calls: fc.integer({ min: 1, max: 12 }),
    timeoutMs: fc.integer({ min: 40 * S, max: 600 * S }),
    answeredMs: fc.integer({ min: 0, max: 5 * S }),
    listShare: fc.double({ min: 0, max: 0.4, noNaN: true }),
    phase: fc.integer({ min: 0, max: 10 * S }),
    everyMs: fc.integer({ min: 10 * S, max: 10.4 * S }),
    cycles: fc.integer({ min: 3, max: 9 }),
  })
  .map((f) => ({ ...f, listMs: f.listShare * f.answeredMs, relistMs: f.calls * f.timeoutMs + f.answeredMs }))
  .filter((f) => f.relistMs + RULES.periodMs > RULES.thresholdMs + changeBlurMs(SIGHT));

test('property: what is inferred from a node’s changes holds what its relists do, whatever k, timeout and phase', () => {
  fc.assert(
    fc.property(flapping, (given) => {
      const cycle = inferCycle(rhythmOf(watched(given)), RULES, SIGHT);
      const real = given.relistMs + RULES.periodMs;
      assert.ok(cycle !== null && cycle.least <= real && real <= cycle.most, `${real} not in ${JSON.stringify(cycle)}`);
      const calls = inferHungCalls(cycle, given.timeoutMs, RULES);
      assert.ok(calls !== null && calls.least <= given.calls && given.calls <= calls.most);
      assert.equal(calls.least, calls.most, 'with timeouts from 40 s one number alone explains it');
    }),
  );
});

test('property: what a pattern foretells is what is seen', () => {
  fc.assert(
    fc.property(flapping, (given) => {
      const pattern = flapPattern(given.relistMs, RULES, SIGHT);
      const seen = rhythmOf(watched(given));
      assert.ok(pattern !== null && seen.periodMs !== null && seen.outageMs !== null);
      assert.ok(pattern.periodMs.least <= seen.periodMs && seen.periodMs <= pattern.periodMs.most);
      assert.ok(pattern.notReadyMs.least <= seen.outageMs && seen.outageMs <= pattern.notReadyMs.most);
    }),
  );
});

test('property: a relist that ends in time takes Ready from nobody', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 178 * S }), fc.integer({ min: 0, max: 10 * S }), (relistMs, phase) => {
      assert.deepEqual(watched({ relistMs, listMs: 0, phase, everyMs: 10 * S, cycles: 9 }), []);
      assert.equal(flapPattern(relistMs, RULES, SIGHT), null);
    }),
  );
});

test('the measured incident: 61 s NotReady of every 241 s, so 4 minutes a relist, so 2 calls of 2 minutes', () => {
  const cycle = inferCycle({ periodMs: 241 * S, outageMs: 61 * S }, RULES, SIGHT);
  assert.equal(cycle?.likely, 241 * S);
  assert.deepEqual(cycle && inferHungCalls(cycle, 120 * S, RULES), { least: 2, most: 2 });
});

test('and the other way round: 2 calls of 2 minutes are NotReady for 61 s, Ready for 180 s, every 241 s', () => {
  const pattern = flapPattern(2 * 120 * S, RULES, SIGHT);
  assert.equal(pattern?.periodMs.likely, 241 * S);
  assert.equal(pattern?.notReadyMs.likely, 61 * S);
  assert.equal(pattern?.readyMs.likely, 180 * S);
  assert.equal(pattern?.notReadyShare.toFixed(3), '0.253');
});

test('one loss alone tells it too, and less exactly', () => {
  const one = inferCycle({ periodMs: null, outageMs: 61 * S }, RULES, SIGHT);
  const both = inferCycle({ periodMs: 241 * S, outageMs: 61 * S }, RULES, SIGHT);
  assert.ok(one !== null && both !== null && both.most - both.least <= one.most - one.least);
});

test('a period and outages that do not go together are no rhythm of relists', () => {
  assert.equal(inferCycle({ periodMs: 900 * S, outageMs: 20 * S }, RULES, SIGHT), null);
  assert.equal(inferCycle({ periodMs: 100 * S, outageMs: null }, RULES, SIGHT), null);
  assert.equal(inferCycle({ periodMs: null, outageMs: null }, RULES, SIGHT), null);
});

test('a relist between two multiples of the timeout is slow, not hung', () => {
  assert.equal(inferHungCalls({ least: 290 * S, likely: 300 * S, most: 310 * S }, 120 * S, RULES), null);
});

test('a timeout shorter than what can be told apart leaves more than one number', () => {
  const calls = inferHungCalls({ least: 229 * S, likely: 241 * S, most: 253 * S }, 10 * S, RULES);
  assert.deepEqual(calls, { least: 23, most: 25 });
});

test('every era has the threshold and the period that the flaps are read by', () => {
  for (const { name, relist } of ERAS) {
    const pattern = flapPattern(relist.inspections * 120 * S, relist, SIGHT);
    assert.equal(pattern?.periodMs.likely ?? null, relist.inspections === 2 ? 241 * S : null, name);
  }
});
