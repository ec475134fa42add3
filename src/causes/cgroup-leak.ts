import type { Cause } from './cause.ts';
import { assessCgroups } from './cgroup-leak/assess.ts';
import { CGROUP_REMEDIES } from './cgroup-leak/remedies.ts';
import { HOST_REFERENCES } from './support/host-references.ts';
import { bugsSeen } from './support/known-bugs.ts';
import { endsDaemon, keepsPodsFromStarting, SLOWS_KUBELET } from './support/resource-effects.ts';
import { say } from './support/say.ts';
import { upgradesFor } from './support/upgrade.ts';

/** Cgroups, or units of systemd, pile up until none can be made, or all that walk them crawl. */
export const cgroupLeak: Cause = {
  id: 'cgroup-leak',
  title: say('Cgroups or systemd units pile up', 'cgroup 或 systemd unit 越积越多'),
  assess: assessCgroups,
  leadsTo: [
    keepsPodsFromStarting(
      say(
        'No cgroup, and no scope, can be made for a new pod or container.',
        '无法为新的 Pod 或容器创建 cgroup 或 scope。',
      ),
      HOST_REFERENCES.memcgIds,
    ),
    ...SLOWS_KUBELET,
    {
      state: 'runtime-calls-slow',
      mechanism: say(
        'Every statistic of every cgroup walks all those that are left over; the kernel takes its time for each.',
        '读取每个 cgroup 的统计都要遍历所有残留的 cgroup，内核逐个耗时。',
      ),
      reference: HOST_REFERENCES.dyingCgroups,
    },
    {
      state: 'systemd-dbus-hung',
      mechanism: say(
        'systemd goes through all its units at each change of a mount or cgroup, and answers nothing meanwhile.',
        '挂载点或 cgroup 每有变化，systemd 都要遍历全部 unit，期间无法应答。',
      ),
      reference: HOST_REFERENCES.unitLimit,
    },
    endsDaemon(
      'kubelet-down',
      say(
        'A kubelet that starts makes cgroups, and ends when it cannot.',
        'kubelet 启动时要创建 cgroup，创建失败就会退出。',
      ),
      HOST_REFERENCES.memcgIds,
    ),
  ],
  about: say(
    'Cgroups are made for each pod and container and not freed: kernels before 4.19 with kernel memory accounting (RHEL 7’s 3.10 above all) keep the id of a memory cgroup for ever, later ones keep deleted cgroups for as long as a page is charged to them. At 65535 memory cgroups mkdir fails with “no space left on device”, and no pod starts any more although every disk has room. Likewise systemd before 247 loses units (one transient mount scope for every volume) until at 131072 it answers “Argument list too long”. Long before that the kubelet, its cAdvisor and systemd spend their time walking them.',
    '每个 Pod、容器都会创建 cgroup，却没有释放：4.19 之前启用 kernel memory accounting 的内核（首推 RHEL 7 的 3.10）永远占着 memory cgroup 的 id；更新的内核中，已删除的 cgroup 只要还有页面计在其名下就不会消失。memory cgroup 达到 65535 个时，mkdir 报 “no space left on device”，磁盘明明有空间，新 Pod 却再也起不来。类似地，247 之前的 systemd 会泄漏 unit（每个卷一个临时挂载 scope），达到 131072 个后只会回答 “Argument list too long”。远在此之前，kubelet、cAdvisor 和 systemd 就已把时间耗在遍历它们上了。',
  ),
  shownBy: [
    say(
      '“mkdir /sys/fs/cgroup/...: no space left on device” while the disks have room.',
      '磁盘有空间，却报 “mkdir /sys/fs/cgroup/...: no space left on device”。',
    ),
    say(
      'num_cgroups of /proc/cgroups near 65535, or tens of thousands of dying cgroups in cgroup.stat.',
      '/proc/cgroups 的 num_cgroups 接近 65535，或 cgroup.stat 中有数万个 dying cgroup。',
    ),
    say(
      '“Failed to start transient scope unit: Argument list too long”.',
      '“Failed to start transient scope unit: Argument list too long”。',
    ),
  ],
  ruledOutBy: [
    say('Some hundreds or thousands of cgroups, few of them dying.', 'cgroup 只有数百到数千个，其中 dying 的很少。'),
  ],
  references: [
    HOST_REFERENCES.memcgIds,
    HOST_REFERENCES.kmemLeak,
    HOST_REFERENCES.dyingCgroups,
    HOST_REFERENCES.unitLimit,
    HOST_REFERENCES.transientMounts,
  ],
  remedies: (view) => [...upgradesFor(bugsSeen(view, 'cgroup-leak')), ...CGROUP_REMEDIES],
  generalRemedies: CGROUP_REMEDIES,
  confirm: [
    {
      command: 'cat /proc/cgroups; find /sys/fs/cgroup/memory -type d | wc -l',
      shows: say(
        'cgroups that the kernel counts against those that are there: the rest is leaked (v1)',
        '内核计数与实际目录数之差即为泄漏（v1）',
      ),
    },
    {
      command: 'cat /sys/fs/cgroup/cgroup.stat',
      shows: say('descendants and dying descendants (v2)', '后代与 dying 后代的数量（v2）'),
    },
    {
      command:
        'systemctl list-units --all --no-legend | wc -l; systemctl list-units --all --no-legend "run-*.scope" | wc -l',
      shows: say(
        'units that systemd keeps, and transient scopes among them',
        'systemd 保留的 unit 数及其中的临时 scope 数',
      ),
    },
  ],
};
