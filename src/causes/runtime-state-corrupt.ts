import type { CaseView } from '../evidence/view.ts';
import type { Cause, Remedy } from './cause.ts';
import { assessStateCorrupt, type Damage, damagesSeen, disagreements } from './runtime-state-corrupt/assess.ts';
import { removeCommand, unitCommand } from './support/commands.ts';
import { connected } from './support/kin.ts';
import { REFERENCES } from './support/references.ts';
import { reboot, removeContainer, restartKubelet, restartRuntime } from './support/remedies.ts';
import { say } from './support/say.ts';

/** The runtime's records are damaged, or its layers disagree. */
export const runtimeStateCorrupt: Cause = {
  id: 'runtime-state-corrupt',
  title: say('The runtime’s records are damaged or disagree', '运行时的记录损坏或互相矛盾'),
  assess: assessStateCorrupt,
  leadsTo: [
    {
      state: 'runtime-down',
      mechanism: say(
        'containerd reads its database when it starts and ends on a page that does not read.',
        'containerd 启动时读取数据库，遇到损坏的页就会崩溃退出。',
      ),
      reference: REFERENCES.boltCorrupt,
      links: (_from, _to, view) => damagesSeen(view).includes('database'),
    },
    {
      state: 'container-unkillable',
      mechanism: say(
        'One side goes on killing a container that the other has already ended.',
        '一方不断去 kill 另一方早已结束的容器。',
      ),
      reference: REFERENCES.statesDiffer,
      links: (from, to, view) => connected(view, from, to),
    },
    {
      state: 'container-status-hung',
      mechanism: say(
        'A call for a container that has nothing behind it waits for an exit that was already missed.',
        '对背后已无进程的容器的调用，在等待一个早已错过的退出事件。',
      ),
      reference: REFERENCES.statesDiffer,
      links: (from, to, view) => connected(view, from, to),
    },
    {
      state: 'pods-cannot-start',
      mechanism: say(
        'A sandbox is made from layers and records that are not there.',
        'sandbox 依赖的镜像层或记录已不存在。',
      ),
      reference: REFERENCES.boltCorrupt,
    },
  ],
  about: say(
    'What the runtime keeps on disk and in memory no longer fits together: containerd’s metadata database has a damaged page, image layers that it names are gone, a container’s record is empty; or dockerd believes a container to run that containerd has ended, so that it can neither be stopped nor removed. It comes from a disk that was full or failed, a hard power-off, a clean-up by hand below /var/lib/docker or /var/lib/containerd, or an exit that was missed under load.',
    '运行时在磁盘与内存中的记录对不上：containerd 元数据库有坏页、记录中的镜像层已消失、容器记录为空；或 dockerd 认为容器仍在运行而 containerd 早已将其结束，于是既停不掉也删不掉。常见起因：磁盘写满或故障、强行断电、手工清理 /var/lib/docker 或 /var/lib/containerd，或高负载下漏掉了退出事件。',
  ),
  shownBy: [
    say(
      'The runtime says that a record does not read: “invalid page type”, “failed to stat parent”, “layer does not exist”.',
      '运行时报告记录无法读取：“invalid page type”、“failed to stat parent”、“layer does not exist”。',
    ),
    say(
      'A container is running for one side and STOPPED or unknown for the other, or has neither process nor shim.',
      '同一容器一方为 running，另一方为 STOPPED 或查无此容器；或既无进程也无 shim。',
    ),
  ],
  ruledOutBy: [
    say(
      'Lists and status calls answer, and what they say agrees with the processes and shims there are.',
      '列表与状态查询都有响应，且与实际的进程、shim 相符。',
    ),
  ],
  references: [REFERENCES.boltCorrupt, REFERENCES.statesDiffer, REFERENCES.layersGone],
  remedies: (view) => remedies(view),
  generalRemedies: [...general(null, 'systemctl restart docker', []), rebuild(true)].toSorted(
    (a, b) => Number(b.works) - Number(a.works),
  ),
  confirm: [
    {
      command: 'ctr -n k8s.io tasks ls; ctr -n moby tasks ls',
      shows: say('tasks that containerd has as STOPPED', 'containerd 中为 STOPPED 的任务'),
    },
    {
      command: 'docker ps --no-trunc -q | while read c; do docker inspect -f "{{.State.Pid}} {{.Name}}" $c; done',
      shows: say('which pids dockerd believes to run; compare with ps', 'dockerd 认为在运行的 pid，与 ps 对照'),
    },
    {
      command:
        'journalctl -u containerd -u docker --no-pager | grep -E "invalid page|stat parent|does not exist|not found" | tail',
      shows: say('what does not read', '哪些记录读不出'),
    },
  ],
};

function remedies(view: CaseView): readonly Remedy[] {
  const [first] = disagreements(view);
  const command = first === undefined ? null : removeCommand(view, first.container);
  return general(command, unitCommand(view, 'restart', 'dockerd'), damagesSeen(view));
}

function general(remove: string | null, restart: string, damages: readonly Damage[]): readonly Remedy[] {
  const database = damages.includes('database');
  return [
    restartRuntime(restart, {
      works: !database,
      why: database
        ? say('It reads the same damaged database and ends again.', '重启后读到的仍是损坏的数据库，会再次崩溃。')
        : say(
            'When it starts it holds its records against what runs and gives up those with nothing behind them.',
            '启动时它会把记录与实际运行情况核对，丢弃背后已无进程的记录。',
          ),
    }),
    ...(damages.length === 0
      ? [
          removeContainer(remove, {
            works: false,
            why: say(
              'The call waits for an exit that has been missed. After a restart of the runtime it works.',
              '该调用在等待已错过的退出事件；重启运行时之后才有效。',
            ),
          }),
        ]
      : [rebuild(database)]),
    reboot(
      database || damages.includes('layers')
        ? say(
            'Helps only with what is kept in memory; damaged files stay damaged.',
            '只对内存中的状态有效；损坏的文件不会因此修复。',
          )
        : undefined,
    ),
    restartKubelet(null, {
      works: false,
      why: say('The records are the runtime’s.', '这些记录属于运行时。'),
    }),
  ];
}

function rebuild(database: boolean): Remedy {
  return {
    action: 'rebuild-runtime-state',
    title: database
      ? say(
          'Drain the node, stop the runtime, move its root directory aside and start it empty',
          'drain 节点，停止运行时，移走其数据目录后重新启动',
        )
      : say(
          'Remove the image or container whose record is damaged, and let it be pulled and made anew',
          '删除记录损坏的镜像或容器，使其重新拉取、重新创建',
        ),
    works: true,
    why: say(
      'Containers and images are made anew from the API server and the registry; volumes below /var/lib/kubelet are not touched.',
      '容器与镜像会依据 API server 和镜像仓库重建；/var/lib/kubelet 下的卷不受影响。',
    ),
    command: database ? 'mv /var/lib/containerd /var/lib/containerd.damaged' : null,
    risk: say(
      'Ends every container that still runs, and needs the room and time to pull every image again. Find out first whether the disk is failing.',
      '会终止仍在运行的容器，并需要重新拉取所有镜像。请先确认磁盘本身没有故障。',
    ),
  };
}
