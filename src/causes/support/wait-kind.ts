/** What a sleeping thread waits for, as far as the names of the kernel functions it sleeps in tell. */
export type WaitKind =
  | 'frozen-filesystem'
  | 'fuse'
  | 'network-filesystem'
  | 'block-device'
  | 'filesystem'
  | 'cgroup-freezer'
  | 'vfork'
  | 'unknown';

export interface Wait {
  readonly kind: WaitKind;
  /** The function that tells, for the sentence; null where nothing was readable. */
  readonly by: string | null;
  /** The kernel ends this wait when the thread is killed (TASK_KILLABLE), although it shows as D. */
  readonly killable: boolean;
  /** Told by the stack, not only by the one function of the wait channel. */
  readonly fromStack: boolean;
}

// The wait of a write on a frozen filesystem: sb_start_write and its kin take the superblock's per-CPU semaphore,
// which freeze_super holds (fs/super.c, kernel/locking/percpu-rwsem.c). They are inlined into their callers in most
// builds, so the semaphore's functions below a caller of the file layer tell as well.
const FREEZE_CALLER =
  /^(?:mnt_want_write|mnt_want_write_file|__?sb_start_\w+|sb_start_\w+|file_start_write|kiocb_start_write)$/;
const PERCPU_WAIT = /^(?:percpu_rwsem_wait|__?percpu_down_read\w*|percpu_down_read)$/;
const FILE_LAYER =
  /^(?:vfs_\w+|ksys_\w*write\w*|do_iter\w*|do_(?:sys_)?f?truncate\w*|\w+_page_mkwrite|(?:ext4|xfs|btrfs|f2fs|ovl)_\w+)$/;

// wait_for_vfork_done of kernel/fork.c, which is killable, is inlined into its only caller in many builds: a fork that
// waits for anything else sleeps in a function below.
const VFORK = 'wait_for_vfork_done';
const VFORK_CALLER = /^(?:kernel_clone|_?do_fork)$/;

const RULES: readonly (readonly [WaitKind, RegExp])[] = [
  ['cgroup-freezer', /^(?:__refrigerator|do_freezer_trap|cgroup_freezer\w*)$/],
  ['fuse', /^(?:request_wait_answer|_*fuse_\w+)$/],
  ['network-filesystem', /^(?:_*rpc_\w+|nfs\d?_\w+|_?nfs4\w+|ceph_\w+|cifs_\w+|smb2_\w+|gfs2_\w+|ocfs2_\w+)$/],
  [
    'block-device',
    /^(?:io_schedule\w*|blk_\w+|blkdev_\w+|submit_bio_wait|_*wait_on_buffer|wbt_wait|rq_qos_wait|folio_wait_\w+|wait_on_page\w*|_*lock_page\w*|balance_dirty_pages\w*|jbd2_\w+|scsi_\w+|nvme_\w+|bit_wait_io\w*|md_\w+|dm_\w+)$/,
  ],
  [
    'filesystem',
    /^(?:ext4_\w+|xfs_\w+|xlog_\w+|btrfs_\w+|f2fs_\w+|ovl_\w+|zfs_\w+|txg_\w+|autofs_\w+|open_last_lookups|lock_rename|iterate_dir)$/,
  ],
];

/**
 * Classifies a wait.
 * @param stack innermost function first; null where not readable
 */
export function classifyWait(wchan: string | null, stack: readonly string[] | null): Wait {
  const frames = stack !== null && stack.length > 0 ? stack : wchan === null ? [] : [wchan];
  const fromStack = stack !== null && stack.length > 0;
  const killable = frames.slice(0, 4).some((f) => f.endsWith('_killable'));
  const vfork = frames.find((f, i) => f === VFORK || (i === 0 && VFORK_CALLER.test(f)));
  if (vfork !== undefined) return { kind: 'vfork', by: vfork, killable: true, fromStack };
  const freeze = freezeFunction(frames);
  if (freeze !== null) return { kind: 'frozen-filesystem', by: freeze, killable: false, fromStack };
  for (const [kind, pattern] of RULES) {
    const by = frames.find((f) => pattern.test(f));
    if (by !== undefined) return { kind, by, killable, fromStack };
  }
  return { kind: 'unknown', by: frames[0] ?? null, killable, fromStack };
}

function freezeFunction(frames: readonly string[]): string | null {
  const caller = frames.find((f) => FREEZE_CALLER.test(f));
  if (caller !== undefined) return caller;
  const semaphore = frames.find((f) => PERCPU_WAIT.test(f));
  // cgroup_threadgroup_rwsem is another semaphore of this kind: moving tasks between cgroups waits for it.
  if (frames.some((f) => /^(?:cgroup|kernfs)_/.test(f))) return null;
  const inFileLayer = frames.length === 1 || frames.some((f) => FILE_LAYER.test(f));
  return semaphore !== undefined && inFileLayer ? semaphore : null;
}
