import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseKernelStack, stackNamesFilesystem } from './stack.ts';

test('a thread that waits for a frozen filesystem', () => {
  const text = `[<0>] percpu_rwsem_wait+0x15f/0x1d0
[<0>] mnt_want_write+0x96/0xc0
[<0>] path_openat+0x9d7/0x12f0
[<0>] entry_SYSCALL_64_after_hwframe+0x76/0x7e
`;
  const stack = parseKernelStack(text);
  assert.deepEqual(stack, ['percpu_rwsem_wait', 'mnt_want_write', 'path_openat', 'entry_SYSCALL_64_after_hwframe']);
  assert.ok(!stackNamesFilesystem(stack, 'ext4'), 'the freeze is above the filesystem');
});

test('addresses, modules and the closing line of older kernels', () => {
  const text = `[<ffffffffc0a1b2c3>] rpc_wait_bit_killable+0x24/0xb0 [sunrpc]
[<ffffffffc0b2c3d4>] nfs4_proc_getattr+0x76/0x100 [nfsv4]
[<ffffffff81234567>] SyS_newstat+0xe/0x10
[<ffffffffffffffff>] 0xffffffffffffffff
`;
  const stack = parseKernelStack(text);
  assert.deepEqual(stack, ['rpc_wait_bit_killable', 'nfs4_proc_getattr', 'SyS_newstat']);
  assert.ok(stackNamesFilesystem(stack, 'nfs4'));
  assert.ok(!stackNamesFilesystem(stack, 'ext4'));
});

test('FUSE is told by its wait, whatever its subtype', () => {
  assert.ok(stackNamesFilesystem(['request_wait_answer', '__fuse_simple_request'], 'fuse.s3fs'));
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      parseKernelStack(text);
    }),
  );
});
