import type { CaseView } from '../evidence/view.ts';
import { shellCommand } from '../text/shell.ts';
import type { Cause, Remedy } from './cause.ts';
import { assessOciHung } from './oci-runtime-hung/assess.ts';
import { connected } from './support/kin.ts';
import { bugsSeen } from './support/known-bugs.ts';
import { hungOci, type OciProcess, ociProcesses } from './support/oci-processes.ts';
import { REFERENCES } from './support/references.ts';
import { reboot, removeContainer, restartKubelet, restartRuntime } from './support/remedies.ts';
import { say } from './support/say.ts';
import { upgradesFor } from './support/upgrade.ts';

/** runc or crun does not end. */
export const ociRuntimeHung: Cause = {
  id: 'oci-runtime-hung',
  title: say('The OCI runtime (runc, crun) hangs', 'OCI 运行时（runc、crun）卡住'),
  assess: assessOciHung,
  leadsTo: [
    {
      state: 'container-status-hung',
      mechanism: say(
        'The shim started runc and waits for it with the container’s lock held: its status waits for that lock.',
        'shim 启动了 runc 并持有该容器的锁等待其结束：状态查询就在等这把锁。',
      ),
      reference: REFERENCES.runcHangs,
      links: (from, to, view) => to.subjects.length === 0 || connected(view, from, to) || unnamed(from.subjects),
    },
    {
      state: 'status-calls-hang',
      mechanism: say(
        'The shim started runc and waits for it with the container’s lock held: its status waits for that lock.',
        'shim 启动了 runc 并持有该容器的锁等待其结束：状态查询就在等这把锁。',
      ),
      reference: REFERENCES.runcHangs,
      links: (from, to, view) => connected(view, from, to) || unnamed(from.subjects),
    },
    {
      state: 'runtime-unresponsive',
      mechanism: say(
        'Where the list takes every container’s lock (dockerd before 17.07) or waits for the same shim, one such runc hangs it.',
        '列表调用若要取每个容器的锁（17.07 之前的 dockerd）或要等同一个 shim，一个这样的 runc 就足以让它卡住。',
      ),
      reference: REFERENCES.runcHangs,
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
      state: 'container-unkillable',
      mechanism: say(
        'kill and delete go through the shim, which waits for runc.',
        'kill 与 delete 都要经过正在等 runc 的 shim。',
      ),
      reference: REFERENCES.runcHangs,
      links: (from, to, view) => connected(view, from, to),
    },
    {
      state: 'pods-cannot-start',
      mechanism: say('Each start runs runc.', '每次启动都要运行 runc。'),
      reference: REFERENCES.runcHangs,
    },
    {
      state: 'relist-slow',
      mechanism: say(
        'Relist asks for the status of the container and waits the request timeout for it.',
        'relist 查询该容器的状态，并为它等满请求超时。',
      ),
      reference: REFERENCES.requestTimeout,
    },
  ],
  about: say(
    'A shim starts runc (or crun) for each create, start, exec and delete, and waits until it ends. When runc does not end, because it waits on a pipe that nobody reads, on its own init, on a frozen cgroup or on memory that its cgroup does not get, the shim keeps the container’s lock and answers nobody: docker inspect of that container hangs, the container often stays in Created, and relist runs into its timeout. Killing that one runc frees all of it.',
    '每次 create、start、exec、delete 时，shim 都会启动 runc（或 crun）并等待其结束。runc 若不结束（在等无人读取的管道、等自己的 init、等被冻结的 cgroup，或等 cgroup 得不到的内存），shim 就一直持有该容器的锁、不再应答：docker inspect 该容器会卡住，容器常停在 Created，relist 也会超时。杀掉那一个 runc 就能全部解开。',
  ),
  shownBy: [
    say(
      'A process of runc or crun, or runc:[2:INIT], that is older than 30 s.',
      '存在运行超过 30 秒的 runc、crun 或 runc:[2:INIT] 进程。',
    ),
    say(
      'A version with a known hang (runc 1.0.0-rc93, containerd.io 1.4.4) and calls through runc that time out.',
      '版本存在已知的卡死缺陷（runc 1.0.0-rc93、containerd.io 1.4.4），且经过 runc 的调用超时。',
    ),
  ],
  ruledOutBy: [say('No process of the OCI runtime is older than 30 s.', '没有运行超过 30 秒的 OCI 运行时进程。')],
  references: [REFERENCES.runcHangs, REFERENCES.runcPipe, REFERENCES.runcClosedPipe],
  remedies: (view) => remedies(view),
  generalRemedies: general([]),
  confirm: [
    {
      command: 'ps -eo pid,ppid,stat,etimes,wchan:24,args | grep -E "[r]unc|[c]run" | awk "\\$4 > 30"',
      shows: say('runc processes that are older than 30 s', '运行超过 30 秒的 runc 进程'),
    },
    {
      command: 'cat /proc/PID/stack; ls -l /proc/PID/fd; timeout 2 cat /proc/PID/fd/2',
      shows: say(
        'what it waits for; reading the pipe that it writes to lets it go on',
        '它在等什么；读出它正在写的管道会让它继续',
      ),
    },
    {
      command: 'runc --version; containerd --version',
      shows: say('whether the version has a known hang', '版本是否有已知缺陷'),
    },
  ],
};

/** Nothing says which container it is. */
function unnamed(subjects: readonly string[]): boolean {
  return !subjects.some((id) => id.startsWith('container:'));
}

function remedies(view: CaseView): readonly Remedy[] {
  const seen = hungOci(view).length > 0 ? hungOci(view) : ociProcesses(view);
  return [...general(seen), ...upgradesFor(bugsSeen(view, 'oci-runtime-hung'))];
}

function general(hung: readonly OciProcess[]): readonly Remedy[] {
  const [writer] = hung.filter((p) => p.verb === 'init');
  const pid = (writer ?? hung[0])?.observation.fact.pid ?? null;
  return [
    {
      action: 'drain-pipe',
      title: say('Read out the pipe that it writes to', '读出它正在写的管道'),
      works: true,
      why: say(
        'Helps where it hangs in a write: it goes on, fails in its own way and ends. Nothing is killed.',
        '若它卡在 write，读出管道后就会继续、自行报错并退出，不需要杀任何进程。',
      ),
      command: pid === null ? 'timeout 2 cat /proc/PID/fd/2' : shellCommand('timeout', 2, 'cat', `/proc/${pid}/fd/2`),
      risk: say('None; what it says tells why it failed.', '无；读出的内容会说明失败原因。'),
    },
    {
      action: 'kill-oci-runtime',
      title: say('Kill the hung runc process', '杀掉卡住的 runc 进程'),
      works: true,
      why: say(
        'The shim gets its exit and releases the lock; the start or exec in flight fails and is tried again. In state D it takes no signal.',
        'shim 收到其退出后释放锁；进行中的启动或 exec 会失败并被重试。若为 D 状态则不接收信号。',
      ),
      command: pid === null ? 'kill -9 PID' : shellCommand('kill', '-9', pid),
      risk: say(
        'One exec or one container that was just starting; running containers are not touched.',
        '只影响一次 exec 或一个正在启动的容器，不影响运行中的容器。',
      ),
    },
    reboot(),
    restartRuntime(null, {
      works: false,
      why: say(
        'Shims and their runc outlive the daemon; a new one waits for the same shim.',
        'shim 及其 runc 不随守护进程退出；新的守护进程仍要等同一个 shim。',
      ),
    }),
    restartKubelet(null, {
      works: false,
      why: say('Its next relist meets the same container.', '下一次 relist 会遇到同一个容器。'),
    }),
    removeContainer(null, {
      works: false,
      why: say('Removal waits for the same lock.', '删除操作在等同一把锁。'),
    }),
  ];
}
