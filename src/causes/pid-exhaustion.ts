import type { Cause } from './cause.ts';
import { assessLimits } from './pid-exhaustion/assess.ts';
import { GENERAL_LIMIT_REMEDIES, limitRemedies } from './pid-exhaustion/remedies.ts';
import { endsDaemon, keepsPodsFromStarting, slowsRuntime } from './support/resource-effects.ts';
import { RESOURCE_REFERENCES } from './support/resource-references.ts';
import { say } from './support/say.ts';

/** No PIDs, threads, file descriptors or inotify instances are left for the runtime or the kubelet. */
export const pidExhaustion: Cause = {
  id: 'pid-exhaustion',
  title: say(
    'No PIDs, threads, file descriptors or inotify instances left',
    'PID、线程、文件描述符或 inotify 实例耗尽',
  ),
  assess: assessLimits,
  leadsTo: [
    keepsPodsFromStarting(
      say('Neither a shim nor runc nor the container’s process can be started.', 'shim、runc 和容器进程都无法启动。'),
      RESOURCE_REFERENCES.forkFails,
    ),
    ...slowsRuntime(
      say(
        'The runtime cannot start the helpers or open the connections that an answer takes.',
        '运行时无法启动应答所需的辅助进程，也打不开连接。',
      ),
      RESOURCE_REFERENCES.forkFails,
    ),
    endsDaemon(
      'runtime-down',
      say('A Go program ends when it cannot create a thread.', 'Go 程序创建不了线程时会直接退出。'),
      RESOURCE_REFERENCES.newosproc,
    ),
    endsDaemon(
      'kubelet-down',
      say(
        'The kubelet does not start without an inotify instance, and ends when it cannot create a thread.',
        'kubelet 拿不到 inotify 实例就无法启动，创建不了线程时会直接退出。',
      ),
      RESOURCE_REFERENCES.inotifyKubelet,
    ),
  ],
  about: say(
    'A countable limit is used up where the chain needs it: PIDs or threads of the host (pid_max, threads-max), the tasks of the runtime’s or the kubelet’s cgroup or of all pods together, file descriptors of a daemon or the host, inotify instances of root. Then no shim and no runc starts, Go daemons end for want of a thread, and a kubelet does not come up. A container at its own pids limit is that container’s affair, though exec probes in it fail.',
    'kubelet 到容器这条调用链所需的某项计数限额用尽：主机的 PID 或线程（pid_max、threads-max），运行时、kubelet 或全部 Pod 所在 cgroup 的任务数，守护进程或主机的文件描述符，root 的 inotify 实例。此时 shim 和 runc 都起不来，Go 守护进程因创建不了线程而退出，kubelet 也无法启动。容器达到自身 pids 上限属于它自己的问题，但其中的 exec 探针会失败。',
  ),
  shownBy: [
    say(
      'At least 98 % of a limit of the host, of a daemon or of all pods is used, and it was hit, or calls fail or are slow.',
      '主机、守护进程或全部 Pod 的某项限额已用 98 % 以上，且曾触顶，或调用失败、变慢。',
    ),
    say(
      'Calls or log lines with “resource temporarily unavailable” or “too many open files”.',
      '调用或日志中出现 “resource temporarily unavailable” 或 “too many open files”。',
    ),
  ],
  ruledOutBy: [
    say('All limits of the host and the daemons are far from used up.', '主机与守护进程的各项限额都还很充裕。'),
  ],
  references: [
    RESOURCE_REFERENCES.threadsMax,
    RESOURCE_REFERENCES.pids,
    RESOURCE_REFERENCES.fileMax,
    RESOURCE_REFERENCES.inotify,
    RESOURCE_REFERENCES.forkFails,
    RESOURCE_REFERENCES.newosproc,
  ],
  remedies: limitRemedies,
  generalRemedies: GENERAL_LIMIT_REMEDIES,
  confirm: [
    {
      command: 'ps -eLf | wc -l; cat /proc/sys/kernel/pid_max /proc/sys/kernel/threads-max',
      shows: say('threads of the host and their limits', '主机线程数及其上限'),
    },
    {
      command: 'grep . /sys/fs/cgroup/system.slice/*.service/pids.{current,max,events}  # v1: /sys/fs/cgroup/pids/...',
      shows: say('tasks of each unit, the limit and how often it was hit', '各 unit 的任务数、上限与触顶次数'),
    },
    {
      command: 'ls /proc/PID/fd | wc -l; grep "open files" /proc/PID/limits; cat /proc/sys/fs/file-nr',
      shows: say('file descriptors of a daemon and of the host', '守护进程与主机的文件描述符'),
    },
    {
      command:
        'find /proc/[0-9]*/fd -lname anon_inode:inotify 2>/dev/null | cut -d/ -f3 | sort | uniq -c | sort -rn | head; cat /proc/sys/fs/inotify/max_user_instances',
      shows: say('who holds inotify instances, and the limit per user', '谁占用了 inotify 实例，以及每用户上限'),
    },
  ],
};
