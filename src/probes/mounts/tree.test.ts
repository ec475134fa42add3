import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseMountInfo } from '../procfs/mountinfo.ts';
import { isBelow, MountTree } from './tree.ts';

const TREE = new MountTree(
  parseMountInfo(`26 1 254:0 / / rw,relatime - ext4 /dev/vda rw
23 26 0:6 / /dev rw,relatime - devtmpfs devtmpfs rw
24 23 0:22 / /dev/shm rw,relatime - tmpfs tmpfs rw
29 24 0:26 / /dev/shm rw,relatime - tmpfs tmpfs rw
60 26 7:0 / /data rw,relatime - ext4 /dev/loop0 rw
61 60 7:1 / /data/a/b rw,relatime - ext4 /dev/loop1 rw
62 60 7:2 / /data/a rw,relatime - ext4 /dev/loop2 rw
`),
);

test('a path lies on the deepest mount that lookup meets', () => {
  assert.equal(TREE.mountOf('/var/lib/docker')?.id, 26);
  assert.equal(TREE.mountOf('/data/file')?.id, 60);
  assert.equal(TREE.mountOf('/database')?.id, 26);
});

test('of two mounts on one point the upper one is what the path leads to', () => {
  assert.equal(TREE.mountOf('/dev/shm/x')?.id, 29);
  assert.deepEqual(
    TREE.mounts.filter((m) => !TREE.isVisible(m)).map((m) => m.id),
    [24, 61],
  );
});

test('a mount that covers a directory above hides the mounts below it', () => {
  assert.equal(TREE.mountOf('/data/a/b')?.id, 62);
});

test('a table without a root has no mount for any path', () => {
  assert.equal(new MountTree([]).mountOf('/x'), null);
});

test('ends on any table, loops of parents too', () => {
  const mount = fc.record({
    id: fc.nat(6),
    parentId: fc.nat(6),
    mountPoint: fc.constantFrom('/', '/a', '/a/b', '/c'),
  });
  fc.assert(
    fc.property(fc.array(mount, { maxLength: 12 }), fc.constantFrom('/', '/a/b/c', '/d'), (mounts, path) => {
      const rest = { majorMinor: '0:1', root: '/', options: [], fsType: 'x', source: 'x', superOptions: [] };
      const found = new MountTree(mounts.map((m) => ({ ...rest, ...m }))).mountOf(path);
      return found === null || isBelow(path, found.mountPoint);
    }),
  );
});
