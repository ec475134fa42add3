import type { CaseView } from '../evidence/view.ts';
import type { Cause, Remedy } from './cause.ts';
import { absentRuntimes, assessDown } from './runtime-down/assess.ts';
import { unitCommand } from './support/commands.ts';
import { REFERENCES } from './support/references.ts';
import { reboot, restartKubelet } from './support/remedies.ts';
import { say } from './support/say.ts';

/** The runtime daemon is not there, or not for long. */
export const runtimeDown: Cause = {
  id: 'runtime-down',
  title: say('The container runtime is not running', '容器运行时没有运行'),
  assess: assessDown,
  leadsTo: [
    {
      state: 'list-calls-hang',
      mechanism: say(
        'Nobody listens on the socket: every list fails at once.',
        'socket 上无人监听：每次列表调用立即失败。',
      ),
      reference: REFERENCES.relist,
      inevitable: true,
    },
    {
      state: 'pods-cannot-start',
      mechanism: say('Without its daemon no sandbox is created.', '没有守护进程就无法创建 sandbox。'),
      reference: REFERENCES.relist,
    },
  ],
  about: say(
    'The runtime daemon is stopped, keeps crashing, or its socket is gone. Containers may run on under their shims, but nobody lists, starts or stops them. The kubelet reports “container runtime is down” within 30 seconds and PLEG unhealthy after 3 minutes.',
    '运行时守护进程已停止、不断崩溃，或其 socket 消失。容器可能仍在各自的 shim 下运行，但没有谁能列出、启动或停止它们。kubelet 会在 30 秒内报告 “container runtime is down”，3 分钟后报告 PLEG 不健康。',
  ),
  shownBy: [
    say(
      'No such process, while shims, a unit or its socket file are there.',
      '进程不存在，但 shim、systemd 单元或 socket 文件还在。',
    ),
    say('Connections to its socket are refused.', '连接其 socket 被拒绝。'),
    say('systemd keeps restarting it.', 'systemd 不断重启它。'),
  ],
  ruledOutBy: [say('The daemon runs and answers.', '守护进程在运行并有应答。')],
  references: [REFERENCES.relist, REFERENCES.readyCondition, REFERENCES.restartKeepsShims],
  remedies,
  generalRemedies: generalRemedies(),
  confirm: [
    {
      command: 'systemctl status containerd docker crio --no-pager',
      shows: say('whether it runs, and why it ended', '是否在运行，以及退出原因'),
    },
    {
      command: 'ss -xlp | grep -E "docker|containerd|crio"',
      shows: say('who listens on the runtime’s sockets', '谁在监听运行时的 socket'),
    },
    { command: 'journalctl -u containerd -u docker -n 50 --no-pager', shows: say('its last words', '它最后的日志') },
  ],
};

function remedies(view: CaseView): readonly Remedy[] {
  const names = [...new Set(absentRuntimes(view).map((o) => o.fact.name))];
  const start =
    names.length === 0 ? [startRuntime(null)] : names.map((n) => startRuntime(unitCommand(view, 'start', n), n));
  return [...start, ...generalRemedies().slice(1)];
}

function startRuntime(command: string | null, name: string | null = null): Remedy {
  return {
    action: 'start-runtime',
    title: say('Start the runtime', '启动运行时'),
    works: true,
    why: say(
      'It takes up the shims that live on, and the next relist succeeds. If it ends again, its log says why: disk full, broken configuration or metadata.',
      '它会接管仍在运行的 shim，下一次 relist 即可成功。若再次退出，请看日志：磁盘写满、配置或元数据损坏。',
    ),
    command,
    risk: say(
      'dockerd without live-restore stops containers left from before.',
      '未开启 live-restore 的 dockerd 会停掉之前遗留的容器。',
    ),
    ...(name === null ? {} : { on: { kind: 'daemon', name } }),
  };
}

function generalRemedies(): readonly Remedy[] {
  return [
    startRuntime('systemctl start containerd'),
    reboot(
      say(
        'Starts it along with everything else; a broken configuration stays broken.',
        '随系统一起启动；但损坏的配置不会因此修复。',
      ),
    ),
    restartKubelet(null, {
      works: false,
      why: say('The kubelet needs the runtime, not the other way round.', '是 kubelet 依赖运行时，而不是反过来。'),
    }),
  ];
}
