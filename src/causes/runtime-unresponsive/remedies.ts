import type { CaseView } from '../../evidence/view.ts';
import { shellCommand } from '../../text/shell.ts';
import type { Remedy } from '../cause.ts';
import { restartCommand, restartedDaemon } from '../support/commands.ts';
import {
  reboot,
  removeContainer,
  restartKubelet,
  restartRuntime,
  resumeProcess,
  waitForIt,
} from '../support/remedies.ts';
import { say } from '../support/say.ts';
import { unresponsiveRuntimes } from './assess.ts';

const RESUME = say(
  'A stopped daemon works through the waiting calls the moment it runs again. No container is touched.',
  '被停住的守护进程一旦继续运行，就会处理完等待中的调用，不影响任何容器。',
);
const RESTART = say(
  'A new daemon answers again. SIGKILL ends a stopped or deadlocked one; containers under containerd shims live on.',
  '新的守护进程会恢复应答。停住或死锁的进程可用 SIGKILL 结束；containerd shim 下的容器继续运行。',
);
const NO_RESTART = say(
  'The daemon waits in the kernel (D) and takes no signal: systemctl restart would hang as well. Heal what it waits for.',
  '守护进程在内核中等待（D），不接收信号：systemctl restart 也会卡住。请先解决它所等待的对象。',
);
const DUMP = {
  action: 'dump-stacks',
  title: say('Have the daemon write its goroutine stacks first', '先让守护进程输出 goroutine 堆栈'),
  works: true,
  why: say(
    'It heals nothing, but shows which lock is held; a restart destroys that evidence.',
    '它本身不能修复，但能看出哪把锁被占着；重启会破坏这一证据。',
  ),
  risk: say(
    'None; dockerd and containerd write the stacks to a file or the log.',
    '无；dockerd 与 containerd 会把堆栈写入文件或日志。',
  ),
} as const;
const NO_KUBELET = say(
  'The kubelet only waits for the runtime; a new one waits as well.',
  'kubelet 只是在等运行时；换一个新的同样要等。',
);
const NO_REMOVE = say(
  'Every such call goes to the same daemon and hangs.',
  '这类调用都发往同一个守护进程，同样会卡住。',
);
const NO_WAIT = say('Nothing resumes a stopped daemon by itself.', '被停住的守护进程不会自行恢复。');

export function unresponsiveRemedies(view: CaseView): readonly Remedy[] {
  const { engines, daemons } = unresponsiveRuntimes(view);
  const stopped = daemons.filter((d) => d.hold === 'stopped');
  const blocked = daemons.some((d) => d.hold === 'blocked');
  const component = daemons[0]?.id ?? engines.flatMap((e) => e.components)[0];
  const pid = component === undefined ? null : (view.fact(component, 'component')?.pid ?? null);
  const command = component === undefined ? null : restartCommand(view, component);
  const restart = restartRuntime(
    command,
    blocked ? { works: false, why: NO_RESTART } : { works: true, why: RESTART },
    component === undefined ? null : restartedDaemon(view, component),
  );
  return [
    ...stopped.map((d) =>
      resumeProcess('resume-runtime', d.pid, say(d.name, ` ${d.name} `), { works: true, why: RESUME }),
    ),
    ...(daemons.length === 0 ? [{ ...DUMP, command: pid === null ? null : shellCommand('kill', '-USR1', pid) }] : []),
    ...(blocked ? [] : [restart]),
    reboot(),
    ...(blocked ? [restart] : []),
    restartKubelet(null, { works: false, why: NO_KUBELET }),
    removeContainer(null, { works: false, why: NO_REMOVE }),
    ...(stopped.length > 0 ? [waitForIt(NO_WAIT)] : []),
  ];
}

export const generalUnresponsiveRemedies: readonly Remedy[] = [
  resumeProcess('resume-runtime', null, say('the runtime', '运行时'), { works: true, why: RESUME }),
  { ...DUMP, command: 'kill -USR1 PID' },
  restartRuntime(null, { works: true, why: RESTART }),
  reboot(),
  restartKubelet(null, { works: false, why: NO_KUBELET }),
  removeContainer(null, { works: false, why: NO_REMOVE }),
];
