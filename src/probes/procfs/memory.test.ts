import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryFact } from './memory.ts';

const VMSTAT = 'allocstall_normal 4\nallocstall_movable 6\npgmajfault 1153\noom_kill 2\n';

test('counts reclaims and faults of the window, over all zones', () => {
  const fact = memoryFact(
    'MemTotal:       24683620 kB\nMemFree:  100 kB\nMemAvailable:   2000 kB\nSwapTotal:   0 kB\nSwapFree:   0 kB\n',
    VMSTAT,
    'allocstall_normal 14\nallocstall_movable 6\npgmajfault 1200\noom_kill 3\n',
    1000,
  );
  assert.equal(fact?.availableBytes, 2000 * 1024);
  assert.equal(fact?.directReclaims, 10);
  assert.equal(fact?.majorFaults, 47);
  assert.equal(fact?.oomKillsSinceBoot, 3);
});

test('a kernel before 3.14 gives no available memory: free memory and caches stand for it', () => {
  const fact = memoryFact(
    'MemTotal: 1000 kB\nMemFree: 100 kB\nBuffers: 20 kB\nCached: 300 kB\n',
    'allocstall 1\n',
    'allocstall 1\n',
    1000,
  );
  assert.equal(fact?.availableBytes, 420 * 1024);
  assert.equal(fact?.oomKillsSinceBoot, null);
});

test('without a total there is no fact', () => {
  assert.equal(memoryFact('', VMSTAT, VMSTAT, 1000), null);
});
