import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { containersAtThreshold } from './container-ceiling.ts';
import { meanOf } from './mean.ts';
import { podsAtThreshold, settledRelistMs } from './relist-load.ts';

const THRESHOLD = 180_000;
const RULES = { periodMs: 1000, thresholdMs: THRESHOLD, inspections: 1 } as const;

test('status calls of 200 ms and a list of 2 s pass 3 minutes at 890 containers', () => {
  const ceiling = containersAtThreshold({ statusMs: [200, 200, 200], listMs: 2000 }, THRESHOLD);
  assert.deepEqual(ceiling, { least: 890, likely: 890, most: 890 });
});

test('latencies that scatter widen the bounds, more of them narrow them', () => {
  const few = containersAtThreshold({ statusMs: [100, 200, 300], listMs: 0 }, THRESHOLD);
  const many = containersAtThreshold(
    { statusMs: Array.from({ length: 90 }, (_, i) => 100 * (1 + (i % 3))), listMs: 0 },
    THRESHOLD,
  );
  assert.equal(few?.likely, 900);
  assert.equal(many?.likely, 900);
  assert.ok(few !== null && many !== null && few.least < many.least && many.least > 800 && many.most < 1000);
});

test('one measured call bounds nothing, none says nothing, a call that takes no time never passes', () => {
  const { MAX_SAFE_INTEGER } = Number;
  assert.deepEqual(containersAtThreshold({ statusMs: [100], listMs: 0 }, THRESHOLD), {
    least: 0,
    likely: 1800,
    most: MAX_SAFE_INTEGER,
  });
  assert.equal(containersAtThreshold({ statusMs: [], listMs: 0 }, THRESHOLD), null);
  assert.equal(containersAtThreshold({ statusMs: [0, 0], listMs: 0 }, THRESHOLD)?.likely, MAX_SAFE_INTEGER);
});

test('a list that alone takes longer leaves room for none', () => {
  assert.equal(containersAtThreshold({ statusMs: [10, 10], listMs: 200_000 }, THRESHOLD)?.likely, 0);
});

test('the interval of a mean, as tables of Student’s t have it', () => {
  // 1 to 5: s = 1.581, t(4) = 2.776.
  const mean = meanOf([1, 2, 3, 4, 5]);
  assert.equal(mean?.likely, 3);
  assert.equal(mean?.most.toFixed(2), '4.97');
  assert.equal(mean?.least.toFixed(2), '1.03');
});

test('a quiet node’s relist is two lists; a busy one’s grows with what changes while it runs', () => {
  const quiet = { pods: 110, containersPerPod: 1, changesPerMs: 0, callMs: 10, hungMs: 0 };
  assert.equal(settledRelistMs(quiet, RULES), 20);
  const busy = settledRelistMs({ ...quiet, changesPerMs: 1 / 1000 }, RULES);
  assert.ok(busy > 20 + 40 && busy < 20 + 60, `${busy}`);
});

test('at most every pod is inspected', () => {
  const load = { pods: 100, containersPerPod: 2, changesPerMs: 1, callMs: 100, hungMs: 0 };
  assert.equal(Math.round(settledRelistMs(load, RULES)), 200 + 100 * 5 * 100);
});

test('property: the pods at the threshold pass it, and one less do not', () => {
  const load = fc.record({
    pods: fc.integer({ min: 1, max: 500 }),
    containersPerPod: fc.integer({ min: 1, max: 5 }),
    changesPerMs: fc.double({ min: 0, max: 0.01, noNaN: true }),
    callMs: fc.integer({ min: 1, max: 2000 }),
    hungMs: fc.constantFrom(0, 120_000),
  });
  fc.assert(
    fc.property(load, (given) => {
      const at = podsAtThreshold(given, RULES);
      const takes = (pods: number) =>
        settledRelistMs({ ...given, pods, changesPerMs: (given.changesPerMs / given.pods) * pods }, RULES);
      if (at === null) return takes(10_000) + RULES.periodMs <= THRESHOLD;
      return takes(at) + RULES.periodMs > THRESHOLD && (at === 0 || takes(at - 1) + RULES.periodMs <= THRESHOLD);
    }),
    { numRuns: 30 },
  );
});
