import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseKeyValues } from './key-values.ts';

test('reads meminfo with its colons and units, and cgroup files without', () => {
  const meminfo = parseKeyValues(
    'MemTotal:       24683620 kB\nMemAvailable:   24039600 kB\nHugePages_Total:       0\n',
  );
  assert.equal(meminfo.get('MemTotal'), 24_683_620);
  assert.equal(meminfo.get('HugePages_Total'), 0);
  const events = parseKeyValues('low 0\nhigh 3\nmax 12\noom 1\noom_kill 1\noom_group_kill 0\n');
  assert.equal(events.get('max'), 12);
});

test('leaves out what has no number', () => {
  assert.deepEqual([...parseKeyValues('oom_kill_disable\n\nname word\n')], []);
});

test('takes any text', () => {
  fc.assert(fc.property(fc.string(), (text) => [...parseKeyValues(text).values()].every(Number.isFinite)));
});
