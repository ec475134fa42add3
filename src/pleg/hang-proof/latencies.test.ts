import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Latencies } from './latencies.ts';
import { Ring } from './ring.ts';

test('a quantile is at most 9 % over the true one, and never under it', () => {
  const latencies = fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(latencies, fc.double({ min: 0, max: 1, noNaN: true }), (all, q) => {
      const sketch = new Latencies();
      for (const ms of all) sketch.add(ms);
      const sorted = all.toSorted((a, b) => a - b);
      const exact = sorted[Math.max(0, Math.ceil(q * all.length) - 1)] ?? 0;
      const near = sketch.quantile(q) ?? 0;
      assert.ok(near >= exact * 0.999999 && near <= exact * 1.0906, `${near} for ${exact}`);
    }),
  );
});

test('of nothing there is no quantile', () => {
  assert.equal(new Latencies().quantile(0.5), null);
});

test('a ring keeps the newest, oldest first', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 10 }), (items, capacity) => {
      const ring = new Ring<number>(capacity);
      for (const item of items) ring.push(item);
      assert.deepEqual(ring.toArray(), items.slice(-capacity));
    }),
  );
});
