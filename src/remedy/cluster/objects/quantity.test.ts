import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { milliQuantity } from './quantity.ts';

test('quantities of every form, in thousandths', () => {
  for (const [text, milli] of [
    ['250m', 250],
    ['1', 1000],
    ['0.1', 100],
    ['.5', 500],
    ['2k', 2_000_000],
    ['1.5Gi', 1.5 * 2 ** 30 * 1000],
    ['129e6', 129e9],
    ['129E6', 129e9],
    ['1E', 1e21],
    ['-1', -1000],
    ['0', 0],
  ] as const) {
    assert.equal(milliQuantity(text), milli, text);
  }
});

test('what is less than a thousandth is rounded up, as the scheduler does', () => {
  assert.equal(milliQuantity('1n'), 1);
  assert.equal(milliQuantity('1500u'), 2);
  assert.equal(milliQuantity('0.0001'), 1);
});

test('what is no quantity', () => {
  for (const text of ['', '.', 'm', '1x', '1 Gi', '1e', '1Kim', 'NaN', '１', '1'.repeat(30)]) {
    assert.equal(milliQuantity(text), null, text);
  }
});

test('the same amount in every unit is the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (n) => {
      const milli = milliQuantity(String(n));
      assert.equal(milliQuantity(`${n}000m`), milli);
      assert.equal(milliQuantity(`${n}e0`), milli);
      assert.equal(milliQuantity(`${n * 1024}Ki`), milliQuantity(`${n}Mi`));
      assert.equal(milliQuantity(`${n}.000`), milli);
    }),
  );
});

test('no text makes it throw', () => {
  fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => void milliQuantity(text)));
});
