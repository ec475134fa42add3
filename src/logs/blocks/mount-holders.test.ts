import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { liveClock } from '../formats/dates.ts';
import { readMountHolders } from './mount-holders.ts';

const CLOCK = liveClock(Date.UTC(2026, 10, 24));

function holders(text: string): readonly unknown[] {
  const block = readMountHolders(text.split('\n'), 0, CLOCK);
  return (block?.statements ?? []).map((s) => s.fact(0, 0));
}

test('grep over all mountinfo files, with and without line numbers, and over mounts', () => {
  const found =
    holders(`/proc/22283/mountinfo:50:386 542 0:92 / /docker/overlay2/bc51/merged rw,relatime - overlay overlay rw,lowerdir=X
/proc/27187/mountinfo:4500 4415 0:898 / /docker/overlay2/bc51/merged rw,relatime shared:7 - overlay overlay rw
/proc/118860/mounts:overlay /host/root/docker/overlay2/bc51/merged overlay rw,relatime 0 0
and so on`);
  assert.deepEqual(found, [
    { type: 'mount-holder', pid: 22_283, mountPoint: '/docker/overlay2/bc51/merged', fsType: 'overlay' },
    { type: 'mount-holder', pid: 27_187, mountPoint: '/docker/overlay2/bc51/merged', fsType: 'overlay' },
    { type: 'mount-holder', pid: 118_860, mountPoint: '/host/root/docker/overlay2/bc51/merged', fsType: 'overlay' },
  ]);
});

test('anything else is no such list', () => {
  assert.deepEqual(holders('/proc/22283/status:Name: sleep'), []);
  fc.assert(
    fc.property(fc.string(), (tail) => {
      const [first] = holders(`/proc/1/mountinfo:${tail}`) as { pid?: number }[];
      return first === undefined || first.pid === 1;
    }),
  );
});
