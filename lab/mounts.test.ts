import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { backingFile, mountAt, parseMountinfo } from './mounts.ts';

const TEXT = `25 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard
312 25 7:0 / /tmp/notready-lab-h3fRE3/disk\\0401 rw,noatime shared:90 - ext4 /dev/loop0 rw
40 39 0:34 / /sys/fs/cgroup/pids rw,relatime - cgroup cgroup rw,pids
`;

test('mountinfo gives mount point, device, type, source and super options', () => {
  const mounts = parseMountinfo(TEXT);
  assert.equal(mounts.length, 3);
  assert.deepEqual(mounts[1], {
    mountPoint: '/tmp/notready-lab-h3fRE3/disk 1',
    device: '7:0',
    fsType: 'ext4',
    source: '/dev/loop0',
    superOptions: ['rw'],
  });
  assert.deepEqual(mounts[2]?.superOptions, ['rw', 'pids']);
});

test('lines that are no mountinfo are passed over', () => {
  fc.assert(fc.property(fc.string(), (text) => Array.isArray(parseMountinfo(text))));
  assert.deepEqual(parseMountinfo('garbage\n\n - \n'), []);
});

test('the root of this machine is a mount, and not on a file of the lab', () => {
  const root = mountAt('/');
  assert.ok(root);
  assert.equal(backingFile(root.source), null);
  assert.equal(backingFile('/dev/../etc/passwd'), null);
});
