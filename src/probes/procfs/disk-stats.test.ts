import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDiskStats } from './disk-stats.ts';

test('reads the twenty fields of current kernels', () => {
  const disks = parseDiskStats(
    '   7       0 loop0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n' +
      ' 254       0 vda 31834 7828 2435594 8604 5202 17827 2716328 7293 3 6012 17501 4383 70 97384 1299 486 302\n',
  );
  assert.deepEqual(disks.get('254:0'), {
    name: 'vda',
    majorMinor: '254:0',
    reads: 31_834,
    readSectors: 2_435_594,
    readMs: 8604,
    writes: 5202,
    writtenSectors: 2_716_328,
    writeMs: 7293,
    inFlight: 3,
    busyMs: 6012,
    others: 4383 + 486,
    othersMs: 1299 + 302,
  });
  assert.equal(disks.size, 2);
});

test('reads the fourteen fields of kernels before 4.18', () => {
  const disk = parseDiskStats('   8       0 sda 10 0 80 5 20 0 160 6 0 9 11\n').get('8:0');
  assert.equal(disk?.writes, 20);
  assert.equal(disk?.others, 0);
});

test('leaves out lines of another form', () => {
  assert.equal(parseDiskStats('8 0 sda 1 2 3\n8 0 sda a b c d e f g h i j k\n').size, 0);
  fc.assert(fc.property(fc.string(), (text) => parseDiskStats(text).size === 0));
});
