import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseMountInfo } from './mountinfo.ts';

test('a volume of a container, and its root with optional fields', () => {
  const [root, data] = parseMountInfo(
    '799 742 254:0 /var/lib/docker/vfs/dir/6e1e / rw,relatime master:2 - ext4 /dev/vda rw,discard\n' +
      '816 799 7:3 / /data rw,relatime - ext4 /dev/loop3 rw\n',
  );
  assert.deepEqual(data, {
    id: 816,
    parentId: 799,
    majorMinor: '7:3',
    root: '/',
    mountPoint: '/data',
    options: ['rw', 'relatime'],
    fsType: 'ext4',
    source: '/dev/loop3',
    superOptions: ['rw'],
  });
  assert.equal(root?.root, '/var/lib/docker/vfs/dir/6e1e');
  assert.equal(root?.source, '/dev/vda');
});

test('several optional fields, and a network filesystem', () => {
  const [nfs] = parseMountInfo(
    '36 35 0:51 / /mnt/x rw shared:1 master:2 propagate_from:3 - nfs4 10.0.0.5:/export rw,hard,addr=10.0.0.5\n',
  );
  assert.equal(nfs?.fsType, 'nfs4');
  assert.equal(nfs?.source, '10.0.0.5:/export');
  assert.deepEqual(nfs?.superOptions, ['rw', 'hard', 'addr=10.0.0.5']);
});

test('blanks, newlines and backslashes in paths come back', () => {
  const [mount] = parseMountInfo('1 0 7:0 / /a\\040b\\134c\\012d rw - ext4 /dev/loop0 rw\n');
  assert.equal(mount?.mountPoint, '/a b\\c\nd');
});

test('an empty source is kept, a cut line is left out', () => {
  const mounts = parseMountInfo(
    '1 0 0:5 / /x rw -  tmpfs\n1 0 0:5 / /y rw - tmpfs  rw\n2 1 0:6 / /z rw\n3 1 0:7 / /w\n',
  );
  assert.deepEqual(
    mounts.map((m) => [m.mountPoint, m.source]),
    [['/y', '']],
  );
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.stringMatching(/^[ -~]{0,20}$/)), (text, words) => {
      parseMountInfo(text);
      parseMountInfo(words.join(' '));
    }),
  );
});
