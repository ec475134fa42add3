import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseUnixSockets } from './unix-sockets.ts';

// Kernel 6.18, a containerd started by a dockerd.
const REAL = `Num       RefCount Protocol Flags    Type St Inode Path
00000000d48902ea: 00000003 00000000 00000000 0001 03  1056
00000000b33dc070: 00000003 00000000 00000000 0001 03 18635
0000000015d7649d: 00000003 00000000 00000000 0001 03 17937 /tmp/rt/exec/containerd/containerd.sock
00000000a60f3b4b: 00000002 00000000 00010000 0001 01 17928 /tmp/rt/exec/containerd/containerd.sock
00000000c0ffee00: 00000002 00000000 00010000 0005 01 19001 @/containerd-shim/4be1.sock
`;

test('tells listeners from connections and named from unnamed sockets', () => {
  assert.deepEqual(parseUnixSockets(REAL), [
    { inode: 1056, type: 'stream', listening: false, path: null },
    { inode: 18635, type: 'stream', listening: false, path: null },
    { inode: 17937, type: 'stream', listening: false, path: '/tmp/rt/exec/containerd/containerd.sock' },
    { inode: 17928, type: 'stream', listening: true, path: '/tmp/rt/exec/containerd/containerd.sock' },
    { inode: 19001, type: 'seqpacket', listening: true, path: '@/containerd-shim/4be1.sock' },
  ]);
});

test('a path may hold spaces', () => {
  const row = '00000000a60f3b4b: 00000002 00000000 00010000 0001 01 17928 /run/my docker.sock';
  assert.equal(parseUnixSockets(row)[0]?.path, '/run/my docker.sock');
});

test('lines of another form are skipped', () => {
  fc.assert(fc.property(fc.string(), (text) => parseUnixSockets(text).length === 0 || text.includes(':')));
});
