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

/** A thread that waits for a lock of the kernel outside storage. */
export interface LockWait {
  readonly thread: StuckThread;
  readonly part: Text;
  /** The function that tells which part. */
  readonly by: string;
}

/** Threads in D that wait for such a lock, by their stacks; with no stack readable nothing is told. */
export function lockWaits(view: CaseView): readonly LockWait[] {
  const threads = new Map([...stuckThreads(view), ...hungThreads(view)].map((t) => [t.id, t]));
  return [...threads.values()].flatMap((thread) => {
    const stack = thread.observation.fact.stack ?? [];
    if (thread.wait.kind !== 'unknown' || !stack.slice(0, 4).some((f) => LOCK.test(f))) return [];
    const found = PARTS.flatMap(({ name, frames }) => {
      const by = stack.find((f) => frames.test(f));
      return by === undefined ? [] : [{ thread, part: name, by }];
    });
    return found.slice(0, 1);
  });
}
