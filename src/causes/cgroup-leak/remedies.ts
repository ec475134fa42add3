import type { Remedy } from '../cause.ts';
import { reboot, restartKubelet, restartRuntime } from '../support/remedies.ts';
import { say } from '../support/say.ts';

export const CGROUP_REMEDIES: readonly Remedy[] = [
  {
    action: 'drop-caches',
    title: say('Let go of pages that deleted cgroups are charged for', '释放仍计在已删除 cgroup 名下的页面'),
    works: true,
    why: say(
      'On kernels from 4.19 a dying cgroup is freed with its last page. Gains time; on 3.10 with kernel memory accounting it frees nothing.',
      '4.19 及以上内核中，dying cgroup 随最后一个页面释放。这只能争取时间；在启用 kernel memory accounting 的 3.10 上无效。',
    ),
    command: 'sync; echo 3 > /proc/sys/vm/drop_caches',
    risk: say('Disks are read more for some minutes.', '此后数分钟磁盘读取会增多。'),
  },
  {
    action: 'reload-systemd',
    title: say('Let systemd drop units that are dead', '让 systemd 丢弃已失效的 unit'),
    works: true,
    why: say(
      'For leaked units only: stops transient scopes that hold nothing. systemd 247 and later do not leak them.',
      '仅针对泄漏的 unit：停掉已无进程的临时 scope。systemd 247 及以上不再泄漏。',
    ),
    command:
      "systemctl list-units --all --no-legend 'run-*.scope' | awk '/abandoned|dead/ {print $1}' | xargs -r -n 50 systemctl stop",
    risk: say(
      'A scope may hold a FUSE daemon of a volume: look at what it lists first.',
      '某些 scope 里可能有卷的 FUSE 守护进程：请先查看列表。',
    ),
  },
  {
    action: 'disable-kmem-accounting',
    title: say('Turn kernel memory accounting off, or upgrade the kernel', '关闭 kernel memory accounting 或升级内核'),
    works: true,
    why: say(
      'What prevents it: boot with cgroup.memory=nokmem (RHEL 7.8 and later, 4.5 and later), run docker 18.09.1 and a kubelet built with nokmem, or a kernel from 4.19 on. Needs a reboot, which also frees what has leaked.',
      '治本之法：以 cgroup.memory=nokmem 启动（RHEL 7.8 及以上、内核 4.5 及以上），使用 docker 18.09.1 和带 nokmem 编译的 kubelet，或使用 4.19 及以上内核。需要重启，重启同时会释放已泄漏的部分。',
    ),
    command: null,
    risk: say('A reboot; drain the node first.', '需要重启；请先 drain 节点。'),
  },
  reboot(
    say('The counters begin anew; without the change above it comes back.', '计数从头开始；若不做上述更改还会复发。'),
  ),
  restartRuntime(null, {
    works: false,
    why: say('The kernel holds the cgroups, not the runtime.', '占着 cgroup 的是内核，不是运行时。'),
  }),
  restartKubelet(null, {
    works: false,
    why: say(
      'It frees what the kubelet itself remembers of them, not the cgroups; it may not come up again.',
      '只会清掉 kubelet 自己对它们的记录，不会释放 cgroup；kubelet 还可能再也起不来。',
    ),
  }),
];
