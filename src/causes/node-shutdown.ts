import { entityId } from '../evidence/entity.ts';
import type { Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Text } from '../text/text.ts';
import { formatDuration } from '../text/units.ts';
import type { Assessment, Cause, Evidence, Remedy } from './cause.ts';
import { cite, type Held, held, isFresh, notSeen, weigh } from './support/assessment.ts';
import { quoteEvent, recentEvents } from './support/cluster.ts';
import { FRESH_MS } from './support/freshness.ts';
import { HOST_REFERENCES } from './support/host-references.ts';
import { freshKernel, quoteKernel } from './support/kernel-word.ts';
import { freshReady, freshSignals, quoteLine, quoteReady } from './support/kubelet-word.ts';
import { lacking } from './support/lacking.ts';
import { REFERENCES } from './support/references.ts';
import { restartKubelet, waitForIt } from './support/remedies.ts';
import { say } from './support/say.ts';

const REMEDIES: readonly Remedy[] = [
  {
    ...waitForIt(
      say(
        'A node that reboots is Ready again a minute or two after its kubelet starts. If it does not come back, look at its console.',
        '重启的节点在 kubelet 启动后一两分钟内会恢复 Ready。若没有恢复，请查看控制台。',
      ),
    ),
    works: true,
    risk: say('None.', '无风险。'),
  },
  {
    action: 'cancel-shutdown',
    title: say('Cancel a shutdown that is planned', '取消计划中的关机'),
    works: true,
    why: say('As long as it has not begun.', '仅在尚未开始时有效。'),
    command: 'shutdown -c',
    risk: say('Somebody planned it: ask.', '计划者自有原因：请先询问。'),
  },
  {
    action: 'find-who-rebooted',
    title: say('Find out who or what rebooted it', '查明是谁或什么触发了重启'),
    works: true,
    why: say(
      'An orderly shutdown is in the journal of the boot before; a log that ends in mid-sentence is a crash, a power cut or a watchdog: then look for kernel-bug and hardware-fault there.',
      '正常关机会记录在上一次启动的日志里；若日志戛然而止，则是崩溃、断电或 watchdog：请在其中查找 kernel-bug 与 hardware-fault。',
    ),
    command: 'last -x reboot shutdown | head; journalctl -b -1 -n 50 --no-pager',
    risk: say('None.', '无风险。'),
  },
  restartKubelet(null, {
    works: false,
    why: say('While the system stops, systemd starts nothing any more.', '系统关闭期间，systemd 不再启动任何服务。'),
  }),
];

/** The node was shutting down, or rebooted. */
export const nodeShutdown: Cause = {
  id: 'node-shutdown',
  title: say('The node is shutting down or was rebooted', '节点正在关机或刚刚重启'),
  assess,
  leadsTo: [
    {
      state: 'node-not-ready',
      mechanism: say(
        'A kubelet with graceful shutdown sets Ready to False at once; without, the control plane sets it to Unknown when the lease ends.',
        '启用优雅关机的 kubelet 会立刻把 Ready 置为 False；否则 Lease 到期后由控制面置为 Unknown。',
      ),
      reference: HOST_REFERENCES.gracefulShutdown,
    },
    {
      state: 'kubelet-not-reporting',
      mechanism: say('A machine that is down renews no lease.', '关机的机器不会续租 Lease。'),
      reference: REFERENCES.nodeLease,
    },
    {
      state: 'kubelet-down',
      mechanism: say('systemd stops the kubelet with all other services.', 'systemd 会停止 kubelet 与其他所有服务。'),
      reference: HOST_REFERENCES.gracefulShutdown,
    },
    {
      state: 'runtime-down',
      mechanism: say('systemd stops the runtime with all other services.', 'systemd 会停止运行时与其他所有服务。'),
      reference: HOST_REFERENCES.gracefulShutdown,
    },
    {
      state: 'pods-cannot-start',
      mechanism: say('A node that shuts down admits no pod.', '正在关机的节点不再准入 Pod。'),
      reference: HOST_REFERENCES.gracefulShutdown,
    },
  ],
  about: say(
    'The node was told to shut down or reboot (an operator, an upgrade, a spot instance that is reclaimed, a watchdog), or crashed and booted again. Ready is lost for as long as it is away: False with “node is shutting down” where the kubelet shuts down gracefully, else Unknown after the lease has run out. It is no fault that needs a cure unless nobody asked for it.',
    '节点收到关机或重启指令（运维、升级、竞价实例被回收、watchdog），或者崩溃后重新启动。离线期间 Ready 丢失：启用优雅关机时为 False（“node is shutting down”），否则在 Lease 到期后变为 Unknown。除非无人下令，否则这并不是需要修复的故障。',
  ),
  shownBy: [
    say(
      '“node is shutting down” in Ready, “System is rebooting”, “Reached target Reboot” in the log, the event Rebooted.',
      'Ready 中有 “node is shutting down”，日志出现 “System is rebooting”、“Reached target Reboot”，或有 Rebooted 事件。',
    ),
    say(
      'The host booted within the last 10 minutes; systemd says “stopping”.',
      '主机在最近 10 分钟内启动；systemd 状态为 “stopping”。',
    ),
  ],
  ruledOutBy: [
    say('The host has been up for longer, and systemd is not stopping.', '主机启动已久，且 systemd 不在关闭过程中。'),
  ],
  references: [HOST_REFERENCES.gracefulShutdown, HOST_REFERENCES.rebooted, REFERENCES.nodeLease],
  remedies: () => REMEDIES,
  generalRemedies: REMEDIES,
  confirm: [
    {
      command: 'uptime -s; last -x reboot shutdown | head',
      shows: say('when it booted, and whether it was shut down', '何时启动，之前是否正常关机'),
    },
    {
      command: 'systemctl is-system-running; cat /run/systemd/shutdown/scheduled',
      shows: say('whether it is stopping, or will', '是否正在或计划关机'),
    },
    { command: 'journalctl -b -1 -n 30 --no-pager', shows: say('how the boot before ended', '上一次启动是如何结束的') },
  ],
};

type Weight = Pick<Held, 'status' | 'confidence' | 'restsOn'>;

interface Signs {
  /** What is so now. */
  readonly now: readonly Evidence[];
  /** What was said within the last minutes. */
  readonly told: readonly Evidence[];
  readonly booted: readonly Evidence[];
  readonly planned: readonly Evidence[];
}

function signsOf(view: CaseView): Signs {
  return {
    now: [...readyWord(view), ...stopping(view)],
    told: [
      ...freshSignals(view, 'shutting-down').map((o) => quoteLine(view, o)),
      ...freshKernel(view, 'going-down').map((o) => quoteKernel(view, o)),
      ...recentEvents(view, /^(?:Rebooted|NodeShutdown|Shutdown)$/).map(quoteEvent),
    ],
    booted: recentBoot(view),
    planned: plannedSoon(view),
  };
}

function assess(view: CaseView): Assessment {
  const signs = signsOf(view);
  const { now, told, booted, planned } = signs;
  const evidence = [...now, ...booted, ...told.slice(-3), ...planned];
  if (evidence.length === 0) return notSeen(longUp(view), lacking(view, { systemd: [] }), 'node-events');
  return held({ ...judge(view, signs), subjects: [entityId.node()], evidence, summary: summarise(signs) });
}

function judge(view: CaseView, { now, told, booted }: Signs): Weight {
  if (now.length > 0 || (told.length > 0 && booted.length > 0)) {
    return { status: 'confirmed', ...weigh('statedByComponent') };
  }
  if (told.length > 0 || (booted.length > 0 && lostReady(view))) {
    return { status: 'likely', ...weigh('circumstantial') };
  }
  return { status: 'possible', ...weigh('hint') };
}

function summarise({ now, told, booted }: Signs): Text {
  if (now.length > 0) return say('The node is shutting down.', '节点正在关机。');
  if (booted.length > 0)
    return say('The node was rebooted within the last 10 minutes.', '节点在最近 10 分钟内重启过。');
  if (told.length > 0) return say('The node was shut down or rebooted.', '节点曾关机或重启。');
  return say('A shutdown of the node is planned.', '节点已计划关机。');
}

/** The kubelet's own word in Ready. */
function readyWord(view: CaseView): readonly Evidence[] {
  const ready = freshReady(view);
  return ready?.fact.status === 'False' && /node is shutting down/i.test(ready.fact.message) ? [quoteReady(ready)] : [];
}

function stopping(view: CaseView): readonly Evidence[] {
  return view
    .all('system-state')
    .filter((o) => o.fact.state === 'stopping')
    .slice(-1)
    .map((o) => cite(o, say('systemd is stopping the system.', 'systemd 正在关闭系统。')));
}

/** A shutdown that is planned takes nothing yet. */
function plannedSoon(view: CaseView): readonly Evidence[] {
  return view
    .all('system-state')
    .filter((o) => o.fact.shutdownAt !== null)
    .slice(-1)
    .map((o) => {
      const at = new Date(o.fact.shutdownAt ?? 0).toISOString();
      return cite(o, say(`A shutdown is planned for ${at}.`, `计划于 ${at} 关机。`));
    });
}

function bootOf(view: CaseView): { readonly o: Observation<'host'>; readonly upMs: number } | null {
  const o = view.all('host').at(-1);
  const bootedAt = o?.fact.bootedAt ?? null;
  return o === undefined || bootedAt === null ? null : { o, upMs: view.now - bootedAt };
}

function recentBoot(view: CaseView): readonly Evidence[] {
  const boot = bootOf(view);
  if (boot === null || boot.upMs > FRESH_MS || boot.upMs < 0) return [];
  const ago = formatDuration(boot.upMs);
  return [cite(boot.o, say(`The host booted ${ago} ago.`, `主机在 ${ago} 前启动。`))];
}

function longUp(view: CaseView): readonly Evidence[] {
  const boot = bootOf(view);
  if (boot === null) return [];
  const up = formatDuration(Math.max(boot.upMs, 0));
  return [cite(boot.o, say(`The host has been up for ${up}.`, `主机已运行 ${up}。`))];
}

function lostReady(view: CaseView): boolean {
  const ready = freshReady(view);
  if (ready !== null && ready.fact.status !== 'True') return true;
  return view.all('log-signal').some((o) => o.fact.signal === 'node-became-not-ready' && isFresh(view, o));
}
