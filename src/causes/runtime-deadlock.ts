import type { CaseView } from '../evidence/view.ts';
import { shellCommand } from '../text/shell.ts';
import type { Assessment, Cause, Remedy } from './cause.ts';
import { assessDeadlock } from './runtime-deadlock/assess.ts';
import { restartCommand } from './support/commands.ts';
import { bugsSeen } from './support/known-bugs.ts';
import { REFERENCES } from './support/references.ts';
import { killShim, reboot, removeContainer, restartKubelet, restartRuntime, waitForIt } from './support/remedies.ts';
import { say } from './support/say.ts';
import { upgradesFor } from './support/upgrade.ts';

/** A lock bug of the runtime or of one of its libraries. */
export const runtimeDeadlock: Cause = {
  id: 'runtime-deadlock',
  title: say('The container runtime is deadlocked by a bug', '容器运行时因缺陷死锁'),
  assess: assessDeadlock,
  leadsTo: [
    {
      state: 'runtime-unresponsive',
      mechanism: say('The list takes the lock that nobody lets go of.', '列表调用要取的锁再也不会被释放。'),
      reference: REFERENCES.daemonDeadlock,
    },
    {
      state: 'container-status-hung',
      mechanism: say(
        'The status of a container takes its lock, which nobody lets go of.',
        '容器的状态查询要取该容器的锁，而这把锁再也不会被释放。',
      ),
      reference: REFERENCES.dockerLock,
    },
    {
      state: 'list-calls-hang',
      mechanism: say('The list takes the lock that nobody lets go of.', '列表调用要取的锁再也不会被释放。'),
      reference: REFERENCES.daemonDeadlock,
    },
    {
      state: 'status-calls-hang',
      mechanism: say(
        'The status of a container takes its lock, which nobody lets go of.',
        '容器的状态查询要取该容器的锁，而这把锁再也不会被释放。',
      ),
      reference: REFERENCES.dockerLock,
    },
    {
      state: 'runtime-reported-down',
      mechanism: say(
        'The kubelet’s check of its runtime waits for the same lock.',
        'kubelet 对运行时的状态检查在等同一把锁。',
      ),
      reference: REFERENCES.runtimeSync,
    },
    {
      state: 'relist-slow',
      mechanism: say(
        'Relist lists and asks for statuses; both wait for the lock.',
        'relist 要列表并逐个查询状态，两者都在等锁。',
      ),
      reference: REFERENCES.relist,
    },
    {
      state: 'pods-cannot-start',
      mechanism: say('Starting a container takes the same locks.', '启动容器要取同样的锁。'),
      reference: REFERENCES.daemonDeadlock,
    },
  ],
  about: say(
    'Two parts of dockerd, containerd, a shim or one of their libraries (libnetwork, a plugin client) wait for each other’s locks, by a bug. The process sleeps, uses no CPU and looks sound from outside; every call that needs the lock waits for ever, and those that do not are still answered. Which lock it is stands in the daemon’s goroutine stacks, and nowhere else. A restart frees it; the bug stays until the upgrade.',
    'dockerd、containerd、某个 shim 或其依赖库（libnetwork、插件客户端）的两个部分因缺陷互相等待对方的锁。进程处于睡眠、不占 CPU，从外面看一切正常；凡是需要这把锁的操作都会永远等待，而不需要它的调用仍有应答。是哪把锁只有从 goroutine 堆栈中才能看出。重启可以解开；缺陷要到升级之后才消除。',
  ),
  shownBy: [
    say(
      'Goroutines of the daemon that have waited for a lock for 2 minutes or more, while the one that has it waits for nothing outside.',
      '守护进程中有 goroutine 等锁 2 分钟以上，而持锁者没有在等任何外部对象。',
    ),
    say(
      'A version with a known deadlock and the functions of that bug on its stacks.',
      '版本存在已知死锁，且堆栈中出现该缺陷涉及的函数。',
    ),
  ],
  ruledOutBy: [
    say('Every call to the runtime answers.', '对运行时的所有调用都有响应。'),
    say(
      'The lock is held by one that waits for a shim, a program or a mount: then that is the cause.',
      '持锁者在等 shim、某个程序或挂载：那么原因是后者。',
    ),
  ],
  references: [REFERENCES.daemonDeadlock, REFERENCES.dumpStacks],
  remedies: (view, assessment) => remedies(view, assessment),
  generalRemedies: general(null, null),
  confirm: [
    {
      command: 'kill -USR1 $(pidof dockerd); ls -t /var/run/docker/goroutine-stacks-* | head -1',
      shows: say('the stacks of dockerd', 'dockerd 的堆栈'),
    },
    {
      command: 'kill -USR1 $(pidof containerd); ls -t /tmp/containerd.*.stacks.log | head -1',
      shows: say('the stacks of containerd', 'containerd 的堆栈'),
    },
    {
      command:
        'grep -A3 -E "^goroutine .*(semacquire|Mutex).* minutes" FILE | grep -vE "sync\\.|^--" | sort | uniq -c | sort -rn | head',
      shows: say('who has waited for a lock for minutes', '谁已等锁数分钟'),
    },
    { command: 'docker version; containerd --version', shows: say('which versions they are', '版本') },
  ],
};

function remedies(view: CaseView, { subjects }: Assessment): readonly Remedy[] {
  const component = subjects.find((id) => id.startsWith('component:'));
  const pid = component === undefined ? null : (view.fact(component, 'component')?.pid ?? null);
  const restart = component === undefined || pid === null ? null : restartCommand(view, component);
  return [...general(pid, restart), ...upgradesFor(bugsSeen(view, 'runtime-deadlock'))];
}

function general(pid: number | null, restart: string | null): readonly Remedy[] {
  return [
    {
      action: 'dump-stacks',
      title: say('Keep the daemon’s goroutine stacks first', '先保存守护进程的 goroutine 堆栈'),
      works: true,
      why: say(
        'It heals nothing, but is the only proof of which lock it was; a restart destroys it.',
        '它本身不能修复，但这是能证明是哪把锁的唯一证据，重启就会丢失。',
      ),
      command: pid === null ? 'kill -USR1 PID' : shellCommand('kill', '-USR1', pid),
      risk: say('None; the stacks go to a file or the log.', '无；堆栈会写入文件或日志。'),
    },
    restartRuntime(restart, {
      works: true,
      why: say(
        'The locks are inside its process; a new one has them free. It may take SIGKILL, for an orderly stop waits for the same lock.',
        '锁在进程内部，新进程中全部释放。正常停止可能也在等同一把锁，此时需要 SIGKILL。',
      ),
    }),
    killShim(null, {
      works: true,
      why: say(
        'Where the stacks are those of a shim: ends that one pod and frees whoever waits for it.',
        '若死锁的是某个 shim：只结束那一个 Pod，等待它的调用随之解开。',
      ),
    }),
    reboot(say('A restart of the daemon does the same at less cost.', '重启守护进程即可达到同样效果，代价更小。')),
    restartKubelet(null, {
      works: false,
      why: say('The kubelet only waits for the runtime.', 'kubelet 只是在等运行时。'),
    }),
    removeContainer(null, {
      works: false,
      why: say('Removal takes the same lock.', '删除操作要取同一把锁。'),
    }),
    waitForIt(say('A deadlock does not end by itself.', '死锁不会自行解除。')),
  ];
}
