import type { CaseView } from '../../evidence/view.ts';
import type { Remedy } from '../cause.ts';
import { removeCommand, restartCommand, restartedDaemon } from '../support/commands.ts';
import { heldShims } from '../support/daemons.ts';
import {
  killShim,
  reboot,
  removeContainer,
  restartKubelet,
  restartRuntime,
  resumeProcess,
  waitForIt,
} from '../support/remedies.ts';
import { say } from '../support/say.ts';
import { hungStatuses } from '../support/status-calls.ts';

const RESUME = say(
  'A stopped shim answers again the moment it runs; the calls that wait for it go through and the lock is let go. The container lives on.',
  '被停住的 shim 一旦继续运行就会立刻应答；等待它的调用随之完成，锁也会释放。容器不受影响。',
);
const KILL_SHIM = say(
  'With the shim gone the runtime’s waiting call fails instead of hanging, and the container counts as exited. Only this shim: others are sound.',
  'shim 消失后，运行时等待中的调用会失败返回而不再卡住，容器被视为已退出。只杀这一个 shim，其他 shim 是正常的。',
);
const NO_RESTART_RUNTIME = say(
  'The shim outlives the restart, and the runtime connects to the same shim again and waits for it again.',
  'shim 不会随重启退出，运行时重启后会重新连接同一个 shim，再次等待它。',
);
const RESTART_RUNTIME = say(
  'No fault of the shim was seen: a lock inside the daemon would be let go by a restart. Take a stack dump first (dockerd, containerd: kill -USR1).',
  '没有看到 shim 的问题：若是守护进程内部的锁，重启可以释放。请先取堆栈（dockerd、containerd：kill -USR1）。',
);
const RESTART_LOST = say(
  'The shim is gone. When it starts, the runtime looks for each shim, cannot reach this one, and gives its container up.',
  'shim 已不存在。运行时启动时会逐个连接 shim，连不上这一个，就会放弃对应的容器。',
);
const NO_KUBELET = say(
  'The new kubelet asks for the same status and waits again.',
  '新的 kubelet 会查询同一个状态，再次等待。',
);
const NO_WAIT = say(
  'Nothing in the node resumes the shim or takes the lock away.',
  '节点上没有任何机制会恢复这个 shim 或释放这把锁。',
);
const NO_REMOVE = say(
  'Removal takes the same lock and goes through the same shim: it hangs too.',
  '删除要获取同一把锁、经过同一个 shim，同样会卡住。',
);

/** Resume or replace the one shim; nothing that merely asks it again helps. */
export function statusRemedies(view: CaseView): readonly Remedy[] {
  const hung = hungStatuses(view);
  const held = [...hung.flatMap((h) => (h.shim.kind === 'held' ? [h.shim.shim] : [])), ...heldShims(view)];
  // What is dead neither runs on nor dies again.
  const shims = [...new Map(held.map((s) => [s.pid, s])).values()].filter((s) => s.hold !== 'dead');
  const lost = shims.length === 0 && (held.length > 0 || hung.some((h) => h.shim.kind === 'gone'));
  const container = hung[0]?.container ?? null;
  const daemon = hung[0]?.engine.components[0];
  // dockerd only asks containerd, which is the one that keeps track of shims.
  const asks = lost && hung[0]?.engine.kind === 'docker';
  const restart = daemon === undefined || asks ? null : restartCommand(view, daemon);
  // dockerd’s own containerd is restarted by dockerd alone; that of the system by its unit.
  const restarted = daemon === undefined || asks ? null : restartedDaemon(view, daemon);
  return [
    ...shims
      .filter((s) => s.hold === 'stopped')
      .map((s) => resumeProcess('resume-shim', s.pid, say('the shim', ' shim '), { works: true, why: RESUME })),
    ...shims.filter((s) => s.hold !== 'blocked').map((s) => killShim(s.pid, { works: true, why: KILL_SHIM })),
    ...(shims.length === 0
      ? [restartRuntime(restart, { works: true, why: lost ? RESTART_LOST : RESTART_RUNTIME }, restarted)]
      : []),
    reboot(),
    ...(shims.length > 0 ? [restartRuntime(null, { works: false, why: NO_RESTART_RUNTIME })] : []),
    restartKubelet(null, { works: false, why: NO_KUBELET }),
    removeContainer(container === null ? null : removeCommand(view, container), { works: false, why: NO_REMOVE }),
    waitForIt(NO_WAIT),
  ];
}

export const generalStatusRemedies: readonly Remedy[] = [
  resumeProcess('resume-shim', null, say('the shim', ' shim '), { works: true, why: RESUME }),
  killShim(null, { works: true, why: KILL_SHIM }),
  reboot(),
  restartKubelet(null, { works: false, why: NO_KUBELET }),
  removeContainer(null, { works: false, why: NO_REMOVE }),
  waitForIt(NO_WAIT),
];
