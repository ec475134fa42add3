import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cpuShares, parseKernelStat } from './kernel-stat.ts';

const STAT = `cpu  7198 0 6383 182461 384 0 250 0 0 0
cpu0 3212 0 2997 91942 70 0 111 0 0 0
cpu1 3986 0 3386 90519 314 0 139 0 0 0
intr 1 2 3
btime 1795501304
procs_running 1
`;

test('reads CPU times, the number of CPUs and the boot time', () => {
  const { times, cpus, bootTime } = parseKernelStat(STAT);
  assert.deepEqual(times, { total: 196_676, idle: 182_461, iowait: 384, steal: 0 });
  assert.equal(cpus, 2);
  assert.equal(bootTime, 1_795_501_304);
});

test('shares are those of the time between two readings', () => {
  const before = { total: 1000, idle: 500, iowait: 100, steal: 0 };
  const after = { total: 1200, idle: 550, iowait: 150, steal: 20 };
  const shares = cpuShares(before, after);
  assert.ok(shares);
  assert.equal(shares.iowait, 0.25);
  assert.equal(shares.steal, 0.1);
  assert.ok(Math.abs(shares.busy - 0.4) < 1e-9);
});

test('no time passed, no shares', () => {
  const times = { total: 1000, idle: 500, iowait: 100, steal: 0 };
  assert.equal(cpuShares(times, times), null);
});

test('iowait that ran backwards makes no share negative', () => {
  const ticks = fc.record({ total: fc.nat(), idle: fc.nat(), iowait: fc.nat(), steal: fc.nat() });
  fc.assert(
    fc.property(ticks, ticks, (before, after) => {
      const shares = cpuShares(before, after);
      return shares === null || Object.values(shares).every((s) => s >= 0 && s <= 1);
    }),
  );
});

test('takes any text', () => {
  fc.assert(fc.property(fc.string(), (text) => parseKernelStat(`cpu ${text}\nbtime ${text}`).cpus === 0));
});
