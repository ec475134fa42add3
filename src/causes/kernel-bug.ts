import type { Cause } from './cause.ts';
import { assessKernel } from './kernel-bug/assess.ts';
import { GENERAL_KERNEL_REMEDIES, kernelRemedies } from './kernel-bug/remedies.ts';
import { HOST_REFERENCES } from './support/host-references.ts';
import { sameFault } from './support/kin.ts';
import { REFERENCES } from './support/references.ts';
import { SLOWS_KUBELET } from './support/resource-effects.ts';
import { hangsRuntime } from './support/runtime-effects.ts';
import { say } from './support/say.ts';

const STAYS = say('The lock that they wait for is never given back.', '它们等待的锁一直没有释放。');

/** The kernel itself hangs, locks up or leaks a reference. */
export const kernelBug: Cause = {
  id: 'kernel-bug',
  title: say('The kernel hangs, locks up or leaks a reference', '内核挂起、死锁或引用泄漏'),
  assess: assessKernel,
  leadsTo: [
    { state: 'unkillable-process', mechanism: STAYS, reference: HOST_REFERENCES.hungTask, links: sameFault },
    {
      state: 'storage-unresponsive',
      mechanism: say(
        'What looks like storage is the kernel: the filesystem’s code waits for memory, not for the disk.',
        '看似存储问题，实为内核：文件系统代码在等内存，而不是等磁盘。',
      ),
      reference: HOST_REFERENCES.xfsMemory,
      links: sameFault,
    },
    { state: 'threads-stuck', mechanism: STAYS, reference: REFERENCES.uninterruptible, links: sameFault },
    ...hangsRuntime(
      say(
        'Whoever makes or ends a network namespace, a mount or a cgroup waits for the same lock of the kernel.',
        '凡是创建或销毁网络 namespace、挂载点或 cgroup 的操作，都要等内核里的同一把锁。',
      ),
      HOST_REFERENCES.rtnl,
    ),
    {
      state: 'cni-hung',
      mechanism: say(
        'CNI plugins change interfaces and network namespaces, and wait for rtnl_lock or for an interface to go.',
        'CNI 插件要修改网卡和网络 namespace，会等待 rtnl_lock 或网卡释放。',
      ),
      reference: HOST_REFERENCES.unregister,
    },
    {
      state: 'cpu-starvation',
      mechanism: say('A CPU that is locked up runs nobody else.', '锁死的 CPU 无法运行其他任务。'),
      reference: HOST_REFERENCES.lockups,
    },
    ...SLOWS_KUBELET,
    {
      state: 'node-shutdown',
      mechanism: say(
        'A panic, or a lockup with kernel.panic set, reboots the machine.',
        'panic，或设置了 kernel.panic 时的锁死，会使机器重启。',
      ),
      reference: HOST_REFERENCES.lockups,
      links: (from) => from.evidence.some((e) => /panic|LOCKUP|Oops|BUG/.test(e.text.en)),
    },
  ],
  about: say(
    'A fault of the kernel or of a driver in it: a CPU that does not come back from the kernel (soft or hard lockup, RCU stall), an oops, a lock that is never released, or a network interface that something refers to for ever (“unregister_netdevice: waiting for lo to become free”). Whatever touches that part then waits in the kernel: new network namespaces, mounts, cgroups; dockerd or containerd with it. No restart of a daemon helps, and no signal.',
    '内核或其驱动的缺陷：CPU 陷在内核里回不来（soft/hard lockup、RCU stall）、oops、永不释放的锁，或网卡引用永远不归零（“unregister_netdevice: waiting for lo to become free”）。此后凡是用到该部分的操作都会在内核里等待：新建网络 namespace、挂载、cgroup，连同 dockerd 或 containerd。重启守护进程无济于事，信号也无效。',
  ),
  shownBy: [
    say(
      '“soft lockup”, “hard LOCKUP”, “detected stalls”, “Oops”, “kernel BUG at” in the kernel log of the last 10 minutes.',
      '最近 10 分钟的内核日志出现 “soft lockup”、“hard LOCKUP”、“detected stalls”、“Oops”、“kernel BUG at”。',
    ),
    say(
      '“unregister_netdevice: waiting for ... to become free” again and again.',
      '反复出现 “unregister_netdevice: waiting for ... to become free”。',
    ),
    say(
      'Tasks “blocked for more than 120 seconds” in a lock of the network, of cgroups, of file notification or of RCU.',
      '任务 “blocked for more than 120 seconds”，停在网络、cgroup、文件通知或 RCU 的锁里。',
    ),
  ],
  ruledOutBy: [
    say('The kernel log of the last 10 minutes has none of this.', '最近 10 分钟的内核日志没有上述内容。'),
    say(
      'A lockup on a virtual machine whose host gives it no CPU (steal): see cpu-starvation.',
      '虚拟机的宿主机不给 CPU（steal）造成的 lockup：参见 cpu-starvation。',
    ),
  ],
  references: [HOST_REFERENCES.lockups, HOST_REFERENCES.hungTask, HOST_REFERENCES.unregister, HOST_REFERENCES.rtnl],
  remedies: kernelRemedies,
  generalRemedies: GENERAL_KERNEL_REMEDIES,
  confirm: [
    {
      command: 'dmesg -T | grep -E "lockup|LOCKUP|stall|blocked for more|unregister_netdevice|BUG|Oops" | tail -n 50',
      shows: say('what the kernel complains of', '内核的报错'),
    },
    {
      command: 'echo w > /proc/sysrq-trigger; dmesg | tail -n 300',
      shows: say(
        'stacks of all blocked tasks: many wait, one of them holds',
        '所有阻塞任务的栈：多数在等，其中一个占着锁',
      ),
    },
    {
      command: 'uname -r; cat /proc/sys/kernel/tainted',
      shows: say('which kernel, and foreign modules', '内核版本与外部模块'),
    },
  ],
};
