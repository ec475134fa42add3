import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseSchedStat } from './schedstat.ts';

test('reads time on CPU and time in line for one', () => {
  assert.deepEqual(parseSchedStat('133234068 324873820 412\n'), { onCpuNs: 133_234_068, waitedNs: 324_873_820 });
});

test('any other text is null', () => {
  fc.assert(fc.property(fc.string(), (text) => parseSchedStat(`x${text}`) === null));
});
