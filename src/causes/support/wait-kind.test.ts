import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { classifyWait, type WaitKind } from './wait-kind.ts';

// Stacks as /proc/PID/task/TID/stack shows them, innermost first.
const SEEN: readonly (readonly [string, WaitKind, readonly string[]])[] = [
  [
    'open for writing on a frozen ext4, Linux 6.18',
    'frozen-filesystem',
    ['percpu_rwsem_wait', '__percpu_down_read', 'mnt_want_write', 'path_openat'],
  ],
  [
    'write on a frozen filesystem, sb_start_write inlined',
    'frozen-filesystem',
    ['percpu_rwsem_wait', '__percpu_down_read', 'vfs_write', 'ksys_write'],
  ],
  [
    'a page fault on a frozen filesystem',
    'frozen-filesystem',
    ['percpu_rwsem_wait', '__percpu_down_read', 'ext4_page_mkwrite', 'do_page_mkwrite'],
  ],
  [
    'the same before Linux 5.7',
    'frozen-filesystem',
    [
      'rwsem_down_read_failed',
      'call_rwsem_down_read_failed',
      '__percpu_down_read',
      '__sb_start_write',
      'mnt_want_write',
    ],
  ],
  [
    'moving a task between cgroups',
    'unknown',
    ['percpu_rwsem_wait', 'percpu_down_write', 'cgroup_procs_write_start', 'kernfs_fop_write_iter', 'vfs_write'],
  ],
  [
    'an NFS hard mount',
    'network-filesystem',
    ['rpc_wait_bit_killable', '__rpc_execute', 'nfs4_call_sync_sequence', 'vfs_statx'],
  ],
  ['FUSE', 'fuse', ['request_wait_answer', '__fuse_simple_request', 'fuse_lookup_name', 'path_lookupat']],
  ['a page of a disk file', 'block-device', ['io_schedule', 'folio_wait_bit_common', 'filemap_get_pages']],
  ['an xfs log', 'filesystem', ['xlog_grant_head_wait', 'xfs_log_reserve', 'xfs_trans_alloc']],
  ['the cgroup v1 freezer', 'cgroup-freezer', ['__refrigerator', 'get_signal', 'arch_do_signal_or_restart']],
  ['vfork', 'vfork', ['wait_for_vfork_done', 'kernel_clone', '__x64_sys_vfork']],
  ['vfork, the wait inlined, Linux 6.18', 'vfork', ['kernel_clone', '__do_sys_clone', 'do_syscall_64']],
  ['the same before Linux 5.10', 'vfork', ['_do_fork', 'do_syscall_64']],
  ['a fork that waits for a semaphore', 'unknown', ['rwsem_down_write_slowpath', 'copy_process', 'kernel_clone']],
  ['a network namespace that does not go', 'unknown', ['msleep', 'netdev_run_todo', 'default_device_exit_batch']],
];

for (const [what, kind, stack] of SEEN) {
  test(`${what}: ${kind}`, () => {
    assert.equal(classifyWait(stack[0] ?? null, stack).kind, kind);
  });
}

test('the wait channel alone tells less surely, and says so', () => {
  assert.partialDeepStrictEqual(classifyWait('percpu_rwsem_wait', null), {
    kind: 'frozen-filesystem',
    fromStack: false,
  });
  assert.partialDeepStrictEqual(classifyWait(null, null), { kind: 'unknown', by: null });
});

test('waits that a fatal signal ends are told apart from those it does not', () => {
  assert.equal(classifyWait(null, ['rpc_wait_bit_killable', '__rpc_execute']).killable, true);
  assert.equal(classifyWait(null, ['percpu_rwsem_wait', 'mnt_want_write']).killable, false);
  assert.equal(classifyWait(null, ['io_schedule']).killable, false);
});

test('any names classify without an error', () => {
  fc.assert(
    fc.property(
      fc.option(fc.string()),
      fc.option(fc.array(fc.string())),
      (wchan, stack) => classifyWait(wchan, stack).kind.length > 0,
    ),
  );
});
