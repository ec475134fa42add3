import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinTexts, verbatim } from './text.ts';

test('a name reads the same in every language', () => {
  assert.deepEqual(verbatim(42), { en: '42', zh: '42' });
});

test('texts join language by language, with a separator of each', () => {
  const parts = [{ en: 'frozen', zh: '已冻结' }, verbatim('/data')];
  assert.deepEqual(joinTexts(parts, ': '), { en: 'frozen: /data', zh: '已冻结: /data' });
  assert.deepEqual(joinTexts(parts, { en: ', ', zh: '，' }), { en: 'frozen, /data', zh: '已冻结，/data' });
  assert.deepEqual(joinTexts([], ', '), { en: '', zh: '' });
});
