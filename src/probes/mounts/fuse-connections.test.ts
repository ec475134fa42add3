import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionOf } from './fuse-connections.ts';

test('a FUSE filesystem without a disk has its minor number as its connection', () => {
  assert.equal(connectionOf('0:56'), '56');
});

test('one on a disk (fuseblk) has the disk’s number in the form of the kernel', () => {
  assert.equal(connectionOf('8:17'), String(8 * 1_048_576 + 17));
});
