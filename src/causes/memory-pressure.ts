import type { Cause } from './cause.ts';
import { assessMemory } from './memory-pressure/assess.ts';
import { GENERAL_MEMORY_REMEDIES, memoryRemedies } from './memory-pressure/remedies.ts';
import { sameFault } from './support/kin.ts';
import { endsDaemon, SLOWS_KUBELET, slowsRuntime } from './support/resource-effects.ts';
import { RESOURCE_REFERENCES } from './support/resource-references.ts';
import { say } from './support/say.ts';

/** Memory is exhausted: reclaim holds the chain up, or the OOM killer takes a link out of it. */
export const memoryPressure: Cause = {
  id: 'memory-pressure',
  title: say('Memory is exhausted', '内存耗尽'),
  assess: assessMemory,
  leadsTo: [
    ...slowsRuntime(
      say(
        'Threads of the runtime free memory themselves before they get any, and wait for its pages to be read back.',
        '运行时的线程申请内存前须先自行回收，还要等被回收的页从磁盘读回。',
      ),
      RESOURCE_REFERENCES.psi,
    ),
    endsDaemon('runtime-down', say('The kernel killed the runtime.', '内核杀掉了运行时。'), RESOURCE_REFERENCES.oom),
    endsDaemon('kubelet-down', say('The kernel killed the kubelet.', '内核杀掉了 kubelet。'), RESOURCE_REFERENCES.oom),
    {
      state: 'io-saturation',
      mechanism: say(
        'Pages thrown out for lack of memory are read back at once, which loads the disk.',
        '因内存不足被回收的页马上又要从磁盘读回，磁盘因此被压满。',
      ),
      reference: RESOURCE_REFERENCES.psi,
    },
    {
      state: 'cpu-starvation',
      mechanism: say(
        'Whoever wants memory has to free some first, and does so on the CPU: the threads of the cgroup spend and wait for CPU time on it.',
        '谁要内存谁先回收，而回收本身消耗 CPU：该 cgroup 中的线程把 CPU 时间花在回收上，并为此排队。',
      ),
      reference: RESOURCE_REFERENCES.cgroup,
      links: sameFault,
    },
    ...SLOWS_KUBELET,
  ],
  about: say(
    'The host, or the cgroup of the runtime or the kubelet, has no memory left. Every allocation has to free something first, program code is thrown out and read back from disk, and calls take seconds; or the kernel’s OOM killer ends the runtime, the kubelet or a shim. The kubelet’s MemoryPressure is a condition of its own and does not make the node NotReady. A container killed at its own limit is that container’s affair.',
    '主机内存，或运行时、kubelet 所在 cgroup 的内存用尽。每次申请都要先回收，程序代码被回收后又得从磁盘读回，调用变成数秒；或者内核 OOM killer 杀掉运行时、kubelet 或 shim。kubelet 的 MemoryPressure 是独立的节点 condition，本身不会让节点 NotReady。容器因达到自身上限被杀，属于该容器自己的问题。',
  ),
  shownBy: [
    say(
      'All tasks stood still for memory 10 % or more of the last minute (full avg60), next to nothing is available, and calls are slow.',
      '最近 1 分钟所有任务因缺内存停顿达 10 % 以上（full avg60），可用内存所剩无几，且调用变慢。',
    ),
    say(
      'The daemon’s cgroup is at its limit and hits it again and again, and its calls are slow.',
      '守护进程的 cgroup 顶到上限并不断触顶，且调用变慢。',
    ),
    say(
      'The kernel log shows an OOM kill of the runtime, the kubelet or a shim, which is gone or was started again since.',
      '内核日志显示运行时、kubelet 或 shim 被 OOM 杀掉，且它已不在或此后才被重新拉起。',
    ),
  ],
  ruledOutBy: [
    say('Memory is available and nothing stands still for it.', '内存有余量，没有任务因缺内存而停顿。'),
    say('All calls are answered quickly.', '所有调用都能很快返回。'),
    say('OOM kills at the limit of a container’s own cgroup only.', '只有容器因达到自身 cgroup 上限被 OOM 杀掉。'),
  ],
  references: [
    RESOURCE_REFERENCES.psi,
    RESOURCE_REFERENCES.oom,
    RESOURCE_REFERENCES.cgroup,
    RESOURCE_REFERENCES.evictionDefaults,
    RESOURCE_REFERENCES.pressureConditions,
  ],
  remedies: memoryRemedies,
  generalRemedies: GENERAL_MEMORY_REMEDIES,
  confirm: [
    {
      command: 'cat /proc/pressure/memory; free -m; vmstat 1 5',
      shows: say('stalls for memory, what is available, swapping (si, so)', '内存停顿、可用内存、换入换出（si、so）'),
    },
    {
      command: "dmesg -T | grep -iE 'oom-kill|out of memory'",
      shows: say('kills, and whether the host or a cgroup ran out', 'OOM 记录，以及是主机还是 cgroup 内存不足'),
    },
    {
      command: 'cat /sys/fs/cgroup/system.slice/UNIT.service/memory.events',
      shows: say(
        'how often the limit was hit (max) and killed for (oom_kill)',
        '触顶次数（max）与 OOM 次数（oom_kill）',
      ),
    },
  ],
};
