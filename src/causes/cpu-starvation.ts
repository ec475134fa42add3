import type { Cause } from './cause.ts';
import { assessCpu } from './cpu-starvation/assess.ts';
import { cpuRemedies, GENERAL_CPU_REMEDIES } from './cpu-starvation/remedies.ts';
import { SLOWS_KUBELET, slowsRuntime } from './support/resource-effects.ts';
import { RESOURCE_REFERENCES } from './support/resource-references.ts';
import { say } from './support/say.ts';

/** The runtime or the kubelet gets no CPU: throttled by a quota, outweighed by others, or stolen from by the hypervisor. */
export const cpuStarvation: Cause = {
  id: 'cpu-starvation',
  title: say('The runtime or the kubelet gets too little CPU', '运行时或 kubelet 分不到 CPU'),
  assess: assessCpu,
  leadsTo: [
    ...slowsRuntime(
      say(
        'The daemon’s threads are ready to answer and wait for a CPU, so every call waits with them.',
        '守护进程的线程已就绪却在等 CPU，所有调用都得跟着等。',
      ),
      RESOURCE_REFERENCES.schedstat,
    ),
    ...SLOWS_KUBELET,
  ],
  about: say(
    'The runtime or the kubelet wants to run and may not: its cgroup has used up a CPU quota, other tasks outweigh it, or the hypervisor gives the CPU to somebody else. Calls that take milliseconds take seconds, relist adds them up, and past three minutes PLEG is unhealthy; a starved kubelet also renews its lease too late. A node at 100 % CPU is not such a case as long as the daemons get their share and answer quickly.',
    '运行时或 kubelet 想运行却得不到 CPU：所在 cgroup 的 CPU 配额用尽、被权重更大的任务挤占，或 CPU 被虚拟化层分给了别人。原本毫秒级的调用变成数秒，relist 逐个累加，超过三分钟 PLEG 即不健康；kubelet 自身缺 CPU 时续租也会迟到。节点 CPU 跑满 100 % 本身不算问题，只要守护进程分得到 CPU、响应够快。',
  ),
  shownBy: [
    say(
      'Most periods of the daemon’s cgroup are throttled (nr_throttled in cpu.stat), and its calls are slow.',
      '守护进程所在 cgroup 的大多数周期被限流（cpu.stat 的 nr_throttled），且调用变慢。',
    ),
    say(
      'Its threads wait for a CPU longer than they run (schedstat), and its calls are slow.',
      '其线程等 CPU 的时间超过运行时间（schedstat），且调用变慢。',
    ),
    say('A third or more of the CPU time is stolen, and calls are slow.', 'CPU 时间有三成以上被 steal，且调用变慢。'),
  ],
  ruledOutBy: [
    say('All calls are answered quickly, however busy the CPUs are.', '无论 CPU 多忙，所有调用都能很快返回。'),
    say('The daemons’ threads hardly wait for a CPU.', '守护进程的线程几乎不用等 CPU。'),
  ],
  references: [
    RESOURCE_REFERENCES.bandwidth,
    RESOURCE_REFERENCES.schedstat,
    RESOURCE_REFERENCES.psi,
    RESOURCE_REFERENCES.relistPeriod,
    RESOURCE_REFERENCES.reserve,
  ],
  remedies: cpuRemedies,
  generalRemedies: GENERAL_CPU_REMEDIES,
  confirm: [
    {
      command: 'cat /sys/fs/cgroup/system.slice/UNIT.service/cpu.stat  # v1: /sys/fs/cgroup/cpu/...',
      shows: say(
        'nr_periods and nr_throttled: read twice, both grow together when throttled',
        'nr_periods 与 nr_throttled：间隔读两次，被限流时两者同步增长',
      ),
    },
    {
      command: 'cat /proc/PID/task/*/schedstat',
      shows: say('nanoseconds on a CPU and waiting for one, per thread', '每个线程运行与等待 CPU 的纳秒数'),
    },
    {
      command: 'cat /proc/pressure/cpu; vmstat 1 5',
      shows: say('how long tasks wait for a CPU; steal in column st', '任务等待 CPU 的程度；st 列为 steal'),
    },
  ],
};
