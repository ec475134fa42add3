import type { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import { say } from '../support/say.ts';
import { hungThreads, type StuckThread, stuckThreads } from '../support/stuck-threads.ts';

/** A part of the kernel whose lock is shared by all that use it. */
interface Part {
  readonly name: Text;
  readonly frames: RegExp;
}

// Functions by their names from 3.10 to 6.x: net/core/rtnetlink.c, dev.c, net_namespace.c; fs/notify; kernel/cgroup; kernel/rcu.
// Storage is left out: who waits there is told by the storage (storage-unresponsive).
const PARTS: readonly Part[] = [
  {
    name: say('the network (rtnl_lock)', '网络（rtnl_lock）'),
    frames:
      /^(?:rtnl_\w+|rtnetlink_\w+|__?rtnl\w*|copy_net_ns|setup_net|cleanup_net|(?:un)?register_net\w+|netdev_(?:run_todo|wait_allrefs\w*)|unregister_netdevice\w*|dev_ioctl|devinet_ioctl|inet_ioctl|tc_\w+|genl_rcv\w*)$/,
  },
  { name: say('file notification', '文件通知（fsnotify）'), frames: /^(?:__?)?(?:fsnotify|inotify|fanotify)_\w+$/ },
  {
    name: say('cgroups', 'cgroup'),
    frames: /^(?:cgroup_\w+|cgroup1_\w+|__cgroup\w+|proc_cgroup\w*|proc_cpuset\w*|cpuset_\w+|mem_cgroup_css\w+)$/,
  },
  {
    name: say('RCU', 'RCU'),
    frames: /^(?:synchronize_s?rcu\w*|__synchronize_srcu\w*|rcu_barrier\w*|__wait_rcu_gp|synchronize_net)$/,
  },
  {
    name: say('memory accounting', '内存记账'),
    frames: /^(?:lru_add_drain_all|drain_all_stock|memcg_\w+|kmem_cache_(?:create|destroy|shrink)\w*)$/,
  },
];

/** What shows that it is a lock, and not work, that a thread waits for. */
const LOCK =
  /mutex|rwsem|^down_(?:read|write)|^__down\w*|semaphore|^synchronize_|^__synchronize|^wait_for_completion|^__wait_rcu|^rcu_barrier|^netdev_wait|^msleep$|^cgroup_lock|^flush_work|^schedule_timeout/;

/** Waiting for memory: the allocator and what it reclaims by. mm/slub.c, mm/page_alloc.c, mm/vmscan.c, fs/xfs/kmem.c */
const FOR_MEMORY =
  /^(?:kmem_(?:zone_)?z?alloc\w*|kmem_cache_alloc\w*|__kmalloc\w*|__alloc_pages\w*|try_to_free_\w+|do_try_to_free_pages|shrink_\w+|congestion_wait|xfs_reclaim_inodes\w*|balance_pgdat)$/;
const MEMORY_BELOW = say(
  'memory that a filesystem allocates while it lets memory go',
  '文件系统在回收内存时自身的内存分配',
);

/** A thread that waits for the kernel itself, outside storage. */
export interface LockWait {
  readonly thread: StuckThread;
  readonly part: Text;
  /** The function that tells which part. */
  readonly by: string;
}

/** Threads in D that wait for such a lock, by their stacks; with no stack readable nothing is told. */
export function lockWaits(view: CaseView): readonly LockWait[] {
  const threads = new Map([...stuckThreads(view), ...hungThreads(view)].map((t) => [t.id, t]));
  return [...threads.values()].flatMap((thread) => waitOf(thread) ?? []);
}

function waitOf(thread: StuckThread): LockWait | null {
  const stack = thread.observation.fact.stack ?? [];
  // A filesystem whose code waits for memory waits for no disk.
  if (thread.wait.kind === 'filesystem') {
    const by = stack.slice(0, 6).find((f) => FOR_MEMORY.test(f));
    return by === undefined ? null : { thread, part: MEMORY_BELOW, by };
  }
  if (thread.wait.kind !== 'unknown' || !stack.slice(0, 4).some((f) => LOCK.test(f))) return null;
  for (const { name, frames } of PARTS) {
    const by = stack.find((f) => frames.test(f));
    if (by !== undefined) return { thread, part: name, by };
  }
  return null;
}
