import { entityId } from '../evidence/entity.ts';
import type { Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Assessment, Cause, Evidence, Remedy } from './cause.ts';
import { cite, held, notSeen, weigh } from './support/assessment.ts';
import { runsSystemd } from './support/host.ts';
import { HOST_REFERENCES } from './support/host-references.ts';
import { isPasted } from './support/kernel-word.ts';
import { bugsSeen, versionEvidence } from './support/known-bugs.ts';
import { freshSignals, quoteLine } from './support/kubelet-word.ts';
import { lacking } from './support/lacking.ts';
import { nameOf } from './support/names.ts';
import { reboot, restartKubelet, restartRuntime } from './support/remedies.ts';
import { hangsRuntime } from './support/runtime-effects.ts';
import { say } from './support/say.ts';
import { upgradesFor } from './support/upgrade.ts';

const REMEDIES: readonly Remedy[] = [
  {
    action: 'reexec-systemd',
    title: say('Let systemd execute itself anew', '让 systemd 重新执行自身'),
    works: true,
    why: say(
      'Drops its connections to the bus and builds them again; units and processes live on. SIGTERM does it without the bus.',
      '断开并重建它与总线的连接，unit 和进程都不受影响。用 SIGTERM 触发，不依赖总线。',
    ),
    command: 'kill -TERM 1',
    risk: say(
      'A systemd that has frozen after a crash does not react. Never send PID 1 anything but TERM for this.',
      '若 systemd 崩溃后已冻结，则不会响应。除 TERM 外，切勿向 PID 1 发送其他信号。',
    ),
  },
  {
    action: 'restart-dbus',
    title: say('Restart the bus', '重启 D-Bus'),
    works: true,
    why: say(
      'Drops connections that have run into its limits or lost their other end.',
      '清掉触及上限或对端已失联的连接。',
    ),
    command: 'systemctl restart dbus  # if that hangs: kill -TERM $(pgrep -xo dbus-daemon)',
    risk: say(
      'logind and other services lose the bus; some must be restarted after it.',
      'logind 等服务会失去总线连接，部分服务随后需要重启。',
    ),
  },
  {
    action: 'upgrade-systemd',
    title: say('Upgrade systemd', '升级 systemd'),
    works: true,
    why: say(
      'The known overflow of sd-bus is fixed in 242, and in RHEL 7 by a backport; later versions also take many mounts more calmly.',
      '已知的 sd-bus 溢出在 242 修复（RHEL 7 有回移补丁）；更新的版本对大量挂载点的处理也更平稳。',
    ),
    command: null,
    risk: say('An upgrade re-executes PID 1; drain the node first.', '升级会重新执行 PID 1；请先 drain 节点。'),
  },
  restartRuntime(null, {
    works: false,
    why: say(
      'systemctl asks the systemd that does not answer; and runc would wait again.',
      'systemctl 请求的正是无应答的 systemd；runc 也会再次等待。',
    ),
  }),
  restartKubelet(null, {
    works: false,
    why: say('It asks the same systemd for its cgroups.', '它仍要向同一个 systemd 申请 cgroup。'),
  }),
  reboot(
    say(
      'Only a forced one (reboot -f) goes through: an orderly one asks systemd.',
      '只能强制重启（reboot -f）：正常重启同样要请求 systemd。',
    ),
  ),
];

/** systemd or the system bus does not answer: whatever makes or ends a cgroup through it waits. */
export const systemdDbusHung: Cause = {
  id: 'systemd-dbus-hung',
  title: say('systemd or D-Bus does not answer', 'systemd 或 D-Bus 无应答'),
  assess,
  leadsTo: [
    ...hangsRuntime(
      say(
        'With the systemd cgroup driver runc asks systemd for a scope for each container, without a deadline of its own.',
        '使用 systemd cgroup 驱动时，runc 要为每个容器向 systemd 申请 scope，且自身没有超时。',
      ),
      HOST_REFERENCES.systemdNoAnswer,
    ),
    {
      state: 'kubelet-down',
      mechanism: say(
        'A kubelet that starts makes its slices through systemd, and waits or ends.',
        'kubelet 启动时通过 systemd 创建 slice，于是一直等待或直接退出。',
      ),
      reference: HOST_REFERENCES.kubeletDbus,
    },
  ],
  about: say(
    'PID 1 or the bus to it does not answer: sd-bus’s message number has run over after months (systemd before 242), the bus has reached its limit of connections or replies, systemd is busy with tens of thousands of mounts or units, or it has crashed and frozen. With the systemd cgroup driver runc, the kubelet and CRI-O wait for it whenever a container starts, changes or ends, and hold their locks meanwhile: crictl ps answers, crictl inspect and new pods hang.',
    'PID 1 或通往它的总线没有应答：sd-bus 的消息序号在数月后溢出（242 之前的 systemd）、总线的连接数或待回复数达到上限、systemd 忙于数万个挂载点或 unit，或者它已崩溃并冻结。使用 systemd cgroup 驱动时，容器每次启动、变更、结束，runc、kubelet 和 CRI-O 都要等它，同时还占着自己的锁：crictl ps 有应答，crictl inspect 和新 Pod 却卡住。',
  ),
  shownBy: [
    say(
      "“Failed to activate service 'org.freedesktop.systemd1': timed out”, “Connection timed out” from systemd-run, logins or runc, “Freezing execution”.",
      "日志出现 “Failed to activate service 'org.freedesktop.systemd1': timed out”，systemd-run、登录或 runc 报 “Connection timed out”，或 “Freezing execution”。",
    ),
    say('systemctl does not answer within seconds.', 'systemctl 数秒内没有应答。'),
  ],
  ruledOutBy: [say('systemctl answers at once.', 'systemctl 立即有应答。')],
  references: [
    HOST_REFERENCES.systemdNoAnswer,
    HOST_REFERENCES.crioDbus,
    HOST_REFERENCES.busyWithMounts,
    HOST_REFERENCES.kubeletDbus,
  ],
  remedies: (view) => [...upgradesFor(bugsSeen(view, 'systemd-dbus-hung')), ...REMEDIES],
  generalRemedies: REMEDIES,
  confirm: [
    {
      command: 'time timeout 10 systemctl is-system-running; timeout 10 busctl status org.freedesktop.systemd1',
      shows: say('whether systemd answers, and by the bus', 'systemd 是否应答，经由总线是否应答'),
    },
    {
      command: 'journalctl -b | grep -E "org.freedesktop.systemd1|agent release|Freezing execution" | tail',
      shows: say('what the bus and systemd said', '总线与 systemd 的说法'),
    },
    {
      command: 'top -b -n1 -p 1; wc -l /proc/1/mountinfo; systemctl list-units --all --no-legend | wc -l',
      shows: say('whether it is busy, and with how many mounts and units', '它是否繁忙，以及挂载点和 unit 的数量'),
    },
  ],
};

/** runc warned of every job that took a second; so few say nothing yet. */
const SLOW_JOBS = 3;

function assess(view: CaseView): Assessment {
  const told = freshSignals(view, 'systemd-silent');
  const jobs = told.filter((o) => /completion signal from dbus/.test(o.fact.line));
  const strong = told.length > jobs.length || jobs.length >= SLOW_JOBS;
  const silent = [...silence(view), ...waitingForBus(view)];
  const frozen = told.some((o) => /Freezing execution/.test(o.fact.line));
  if (told.length === 0 && silent.length === 0)
    return notSeen(answers(view), lacking(view, { systemd: ['system-state'] }), 'systemd');
  const known = bugsSeen(view, 'systemd-dbus-hung').slice(0, 1).flatMap(versionEvidence);
  const evidence = [...silent, ...told.slice(-3).map((o) => quoteLine(view, o)), ...known];
  const subjects = [entityId.process(1), entityId.node()];
  const summary = frozen
    ? say(
        'systemd has crashed and frozen: it starts and ends nothing any more.',
        'systemd 已崩溃并冻结：不再启动或结束任何对象。',
      )
    : say('systemd, or the bus to it, does not answer.', 'systemd 或通往它的总线没有应答。');
  if (silent.length > 0 && strong)
    return held({ status: 'confirmed', ...weigh('statedByComponent'), subjects, evidence, summary });
  if (silent.length > 0 || (strong && (told.length > 1 || isPasted(view)))) {
    const weight = weigh(silent.length > 0 ? 'heldProcess' : 'circumstantial');
    return held({ status: 'likely', ...weight, subjects, evidence, against: answers(view), summary });
  }
  return held({ status: 'possible', ...weigh('hint'), subjects, evidence, against: answers(view), summary });
}

/** It was asked here and did not answer. */
function silence(view: CaseView): readonly Evidence[] {
  if (!runsSystemd(view)) return [];
  const asked = view.all('system-state').filter((o) => o.fact.state === null);
  const stuck = view.gaps('systemd').filter((g) => g.fact.why === 'stuck');
  return [...asked, ...stuck]
    .slice(0, 2)
    .map((o: Observation) =>
      cite(o, say('systemctl had no answer from systemd.', 'systemctl 没有得到 systemd 的应答。')),
    );
}

/** Calls over the bus end with their answer; its readers and writers wait for all that comes. */
const BUS_CALL =
  /dbus(?:\/v\d)?\.\(\*(?:Object|Conn)\)\.(?:Call|CallWithContext|Go|start\w+|stop\w+|Start\w+|Stop\w+|Set\w+|Get\w+|\w+Context|jobComplete)\b/;

/** Daemons that have waited for an answer from the bus for a minute or more, by their own stacks. */
function waitingForBus(view: CaseView): readonly Evidence[] {
  return view
    .all('goroutines')
    .filter(({ fact }) => fact.minutes >= 1 && fact.stack.some((f) => BUS_CALL.test(f)))
    .slice(0, 2)
    .map((o) => {
      const { count, minutes } = o.fact;
      const who = nameOf(view, o.about[0] ?? entityId.node());
      return cite(
        o,
        say(
          `Goroutines of ${who} (${count}) have waited for D-Bus for ${minutes} min.`,
          `${who} 有 ${count} 个 goroutine 等待 D-Bus 已 ${minutes} 分钟。`,
        ),
      );
    });
}

function answers(view: CaseView): readonly Evidence[] {
  const states = view.all('system-state').filter((o) => o.fact.state !== null);
  const told = states.map((o) =>
    cite(o, say(`systemd answers: ${o.fact.state}.`, `systemd 有应答：${o.fact.state}。`)),
  );
  if (told.length > 0) return told.slice(-1);
  const units = view.all('unit').slice(-1);
  if (units.length === 0) return otherInit(view);
  return units.map((o) => cite(o, say(`systemd answers of ${o.fact.unit}.`, `systemd 对 ${o.fact.unit} 有应答。`)));
}

/** Without systemd nothing can wait for it. */
function otherInit(view: CaseView): readonly Evidence[] {
  return view
    .gaps('systemd')
    .filter((g) => g.fact.why === 'absent' && !g.fact.partial)
    .slice(0, 1)
    .map((g) => cite(g, say('systemd does not run this host.', '本机不由 systemd 管理。')));
}
