import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBytes, formatDuration, formatShare } from './units.ts';

test('durations read as operators write them, two units at most', () => {
  const cases: [number, string][] = [
    [0, '0ms'],
    [850.4, '850ms'],
    [1000, '1s'],
    [9_840, '9.8s'],
    [187_800, '3m8s'],
    [240_000, '4m'],
    [9_180_000, '2h33m'],
    [90_061_000, '1d1h'],
  ];
  for (const [ms, text] of cases) assert.equal(formatDuration(ms), text);
});

test('rounding never yields a thousand milliseconds or sixty seconds', () => {
  assert.equal(formatDuration(999.7), '1s');
  assert.equal(formatDuration(59_990), '1m');
  assert.equal(formatDuration(119_999), '2m');
});

test('sizes have binary units', () => {
  assert.equal(formatBytes(512), '512 B');
  assert.equal(formatBytes(1536), '1.5 KiB');
  assert.equal(formatBytes(256 * 1024 ** 2), '256 MiB');
  assert.equal(formatBytes(5 * 1024 ** 6), '5120 PiB');
});

test('shares are whole percentages', () => {
  assert.equal(formatShare(0.934), '93 %');
  assert.equal(formatShare(1), '100 %');
});
