import type { CaseView } from '../../evidence/view.ts';
import type { Assessment, Remedy } from '../cause.ts';
import { freshKernel } from '../support/kernel-word.ts';
import { bugsSeen } from '../support/known-bugs.ts';
import { killProcess, reboot, restartKubelet, restartRuntime } from '../support/remedies.ts';
import { say } from '../support/say.ts';
import { upgradesFor } from '../support/upgrade.ts';

const REBOOT = reboot(
  say(
    'Nothing else takes the state out of the kernel. Save the kernel log first; an orderly shutdown may hang on the same lock.',
    '除此之外无法清除内核里的状态。请先保存内核日志；正常关机可能卡在同一把锁上。',
  ),
);
const UPGRADE: Remedy = {
  action: 'upgrade-kernel',
  title: say('Run a kernel without the fault', '换用没有该缺陷的内核'),
  works: true,
  why: say(
    'What keeps it from coming back: a newer kernel or driver, or the one before if it began with an upgrade. Look for the functions of the stack in the distribution’s bug tracker.',
    '避免复发的办法：更新内核或驱动；若是升级后才出现，则退回旧版。可用栈中的函数名到发行版的缺陷库中查找。',
  ),
  command: null,
  risk: say('A reboot; try it on one node first.', '需要重启；请先在一个节点上试。'),
};
const PROMISCUOUS: Remedy = {
  action: 'promiscuous-bridge',
  title: say('Hairpin by a promiscuous bridge', '改用混杂模式的网桥实现 hairpin'),
  works: true,
  why: say(
    'For nodes with kubenet or the bridge plugin: hairpin mode of each veth makes the leaked reference more likely (hairpinMode: promiscuous-bridge). It does not free an interface that already hangs.',
    '适用于 kubenet 或 bridge 插件的节点：逐个 veth 的 hairpin 模式更容易触发引用泄漏（hairpinMode: promiscuous-bridge）。但不能释放已经卡住的网卡。',
  ),
  command: null,
  risk: say('Takes effect after a restart of the kubelet.', '重启 kubelet 后生效。'),
};
const COMPACT: Remedy = {
  action: 'drop-caches',
  title: say('Give the kernel contiguous memory', '让内核腾出连续内存'),
  works: true,
  why: say(
    'For XFS that waits for memory: freeing caches and compacting lets the allocation through, for a time.',
    '适用于等待内存的 XFS：释放缓存并做内存规整，可让分配暂时成功。',
  ),
  command: 'echo 3 > /proc/sys/vm/drop_caches; echo 1 > /proc/sys/vm/compact_memory',
  risk: say('Disks are read more for some minutes.', '此后数分钟磁盘读取会增多。'),
};
const USELESS: readonly Remedy[] = [
  restartRuntime(null, {
    works: false,
    why: say(
      'The new daemon waits for the same lock, and the old one may not end.',
      '新进程会等同一把锁，旧进程也可能无法退出。',
    ),
  }),
  restartKubelet(null, { works: false, why: say('The kubelet is not at fault.', '问题不在 kubelet。') }),
  killProcess(null, {
    works: false,
    why: say('A thread that waits for a kernel lock takes no signal.', '等待内核锁的线程不接收信号。'),
  }),
];

export const GENERAL_KERNEL_REMEDIES: readonly Remedy[] = [COMPACT, UPGRADE, PROMISCUOUS, REBOOT, ...USELESS];

export function kernelRemedies(view: CaseView, _assessment: Assessment): readonly Remedy[] {
  const known = upgradesFor(bugsSeen(view, 'kernel-bug'));
  const leaked = freshKernel(view, 'unregister-netdevice').length > 0;
  const starved = freshKernel(view, 'filesystem-error').some((o) => /allocation deadlock/.test(o.fact.line));
  return [
    ...(starved ? [COMPACT] : []),
    REBOOT,
    ...(known.length > 0 ? known : [UPGRADE]),
    ...(leaked ? [PROMISCUOUS] : []),
    ...USELESS,
  ];
}
