import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BlockDevice } from '../disks/block-devices.ts';
import { DeviceLayers } from './device-layers.ts';

const device = (name: string, majorMinor: string, rest: Partial<BlockDevice> = {}): BlockDevice => ({
  fact: { type: 'block-device', name, majorMinor, readOnly: false, backingFile: null, suspended: null, state: null },
  mappedName: null,
  slaves: [],
  partitions: [],
  ...rest,
});
const LAYERS = new DeviceLayers([
  device('dm-0', '253:0', { mappedName: 'vg-docker', slaves: ['sda2', 'sdb'] }),
  device('sda', '8:0', { partitions: [{ name: 'sda2', majorMinor: '8:2' }] }),
  device('sdb', '8:16'),
]);

test('a mapped volume lies on a partition and a disk, and on the disk of the partition', () => {
  assert.deepEqual(LAYERS.below('253:0'), ['8:2', '8:16', '8:0']);
  assert.deepEqual(LAYERS.below('8:2'), ['8:0']);
  assert.deepEqual(LAYERS.below('8:0'), []);
});

test('devices are known by the names of /dev', () => {
  assert.equal(LAYERS.numberOf('/dev/mapper/vg-docker'), '253:0');
  assert.equal(LAYERS.numberOf('/dev/sda2'), '8:2');
  assert.equal(LAYERS.numberOf('nas:/export'), null);
});

test('devices that name each other in a circle come to an end', () => {
  const circle = new DeviceLayers([
    device('dm-0', '253:0', { slaves: ['dm-1'] }),
    device('dm-1', '253:1', { slaves: ['dm-0'] }),
  ]);
  assert.deepEqual(circle.below('253:0'), ['253:1']);
});
