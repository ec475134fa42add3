import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MountTree } from '../mounts/tree.ts';
import { parseMountInfo } from '../procfs/mountinfo.ts';
import type { ThreadDetail } from './thread-detail.ts';
import { mountWaitedOn, sameOnHost } from './waits-on.ts';

const TREE = new MountTree(
  parseMountInfo(`1 0 0:90 / / rw - overlay overlay rw
2 1 0:91 / /proc rw - proc proc rw
3 1 0:92 / /dev rw - tmpfs tmpfs rw
4 1 0:51 / /mnt/share rw - nfs4 10.0.0.5:/export rw
5 1 7:3 /sub /data rw - ext4 /dev/loop3 rw
6 1 8:1 /logs /logs rw - ext4 /dev/sda1 rw
`),
);

function detailOf(path: string | null, stack: readonly string[] | null = null): ThreadDetail {
  const syscall = { number: 0, name: 'read', path };
  return { stack, syscall, mounts: TREE, inHostNamespace: false, errors: [] };
}
const pointOf = (detail: ThreadDetail, open: readonly string[] = []): string | null => {
  const files = open.flatMap((path, fd) => {
    const mount = TREE.mountOf(path);
    return mount ? [{ fd, path, mount }] : [];
  });
  return mountWaitedOn(detail, files)?.mountPoint ?? null;
};

test('the file that the system call names decides', () => {
  assert.equal(pointOf(detailOf('/data/5')), '/data');
  assert.equal(pointOf(detailOf('/etc/passwd')), '/');
});

test('a path into another filesystem than the stack runs through was a symbolic link', () => {
  assert.equal(pointOf(detailOf('/home/link/file', ['rpc_wait_bit_killable', 'nfs4_proc_getattr'])), '/mnt/share');
});

test('without a path the stack decides, if only one filesystem fits', () => {
  const nfs = ['rpc_wait_bit_killable', 'nfs_file_fsync'];
  assert.equal(pointOf(detailOf(null, nfs)), '/mnt/share');
  const ext4 = ['jbd2_log_wait_commit', 'ext4_sync_file'];
  assert.equal(pointOf(detailOf(null, ext4)), null, 'two ext4 are in sight');
  assert.equal(pointOf(detailOf(null, ext4), ['/logs/a', '/logs/b']), '/logs');
  assert.equal(pointOf(detailOf(null, ext4), ['/logs/a', '/data/b']), null);
});

test('what waits in a file of the kernel or in memory does not wait for that mount', () => {
  assert.equal(pointOf(detailOf('/proc/1/mem')), null);
  assert.equal(pointOf(detailOf('/dev/nvidia0')), null);
  assert.equal(pointOf(detailOf('socket:[12]')), null);
});

test('nothing known, nothing said', () => {
  assert.equal(mountWaitedOn({ ...detailOf('/data/5'), mounts: null }, []), null);
  assert.equal(pointOf(detailOf(null, ['futex_wait_queue'])), null);
});

test('the same directory on the host, by the closest mount above it', () => {
  const host = parseMountInfo(`20 1 7:3 / /srv rw - ext4 /dev/loop3 rw
21 1 7:3 /sub /srv-sub rw - ext4 /dev/loop3 rw
22 1 7:3 /subway /x rw - ext4 /dev/loop3 rw
`);
  const mount = TREE.mountOf('/data/5');
  assert.ok(mount);
  assert.equal(sameOnHost(mount, host)?.mountPoint, '/srv-sub');
  assert.equal(sameOnHost(mount, host.slice(2)), null);
});
