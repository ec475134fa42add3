import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseResourceLimits } from './resource-limits.ts';

const LIMITS = `Limit                     Soft Limit           Hard Limit           Units     
Max cpu time              unlimited            unlimited            seconds   
Max processes             96364                96364                processes 
Max open files            20000                1048576              files     
Max realtime timeout      unlimited            unlimited            us        
`;

test('reads soft and hard limits by the names of the kernel', () => {
  const limits = parseResourceLimits(LIMITS);
  assert.deepEqual(limits.get('Max open files'), { soft: 20_000, hard: 1_048_576 });
  assert.deepEqual(limits.get('Max cpu time'), { soft: null, hard: null });
  assert.equal(limits.size, 4);
});

test('takes any text', () => {
  fc.assert(fc.property(fc.string(), (text) => parseResourceLimits(text).size >= 0));
});
