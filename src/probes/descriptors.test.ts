import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordedHost } from '../../test/support/recorded-host.ts';
import { chunksOf, scanDescriptors } from './descriptors.ts';

const links = { '/proc/1/fd/0': '/dev/fuse', '/proc/1/fd/1': 'socket:[1]', '/proc/2/fd/9': '/dev/fuse' };

test('finds what is wanted', async () => {
  const { found, missed } = await scanDescriptors(recordedHost({ links }), [1, 2], (t) => t === '/dev/fuse');
  assert.deepEqual(
    found.map((d) => [d.pid, d.fd]),
    [
      [1, '0'],
      [2, '9'],
    ],
  );
  assert.equal(missed, null);
});

test('a process that ended meanwhile is not missed, one closed to us is', async () => {
  const host = recordedHost({ links, files: { '/proc/4/fd': { error: 'EACCES' } } });
  assert.equal((await scanDescriptors(host, [1, 3], () => true)).missed, null);
  assert.equal((await scanDescriptors(host, [1, 4], () => true)).missed, 'no-permission');
});

test('stops at its bounds and says that it did', async () => {
  const many = Array.from({ length: 700 }, (_, i) => i + 1);
  assert.equal((await scanDescriptors(recordedHost({ links }), many, () => true)).missed, 'budget');
});

test('stops when it is over', async () => {
  const { found, missed } = await scanDescriptors(
    recordedHost({ links }),
    [1, 2],
    () => true,
    () => true,
  );
  assert.deepEqual([found, missed], [[], 'budget']);
});

test('chunks hold every item once, in order', () => {
  assert.deepEqual(chunksOf([1, 2, 3, 4, 5], 2), [[1, 2], [3, 4], [5]]);
});
