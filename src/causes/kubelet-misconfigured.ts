import { type EntityId, entityId } from '../evidence/entity.ts';
import type { Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Assessment, Cause, Evidence, Remedy } from './cause.ts';
import { KUBELET_SETTINGS } from './kubelet-misconfigured/settings.ts';
import { cite, held, notSeen, weigh } from './support/assessment.ts';
import { unitCommand } from './support/commands.ts';
import { kubeletComponent } from './support/kubelet.ts';
import { freshReady, freshSignals, quoteHealth, quoteLine, quoteReady } from './support/kubelet-word.ts';
import { missing } from './support/missing.ts';
import { REFERENCES } from './support/references.ts';
import { reboot, restartKubelet, restartRuntime } from './support/remedies.ts';
import { say } from './support/say.ts';
import { settingCures, type WrongSetting, wrongSetting } from './support/settings-table.ts';

const CURE_RISK = say(
  'Read what is there first; a change of cgroup settings needs the pods of the node restarted.',
  '请先查看现有配置；改动 cgroup 相关设置需要重启节点上的 Pod。',
);

/** The kubelet’s own settings, or what it needs of the host. */
export const kubeletMisconfigured: Cause = {
  id: 'kubelet-misconfigured',
  title: say('The kubelet is misconfigured', 'kubelet 配置有误'),
  assess,
  leadsTo: [
    {
      state: 'kubelet-down',
      mechanism: say(
        'It checks its settings and the host when it starts, and ends if they do not fit; the service manager starts it again and again.',
        'kubelet 启动时检查自身配置与主机环境，不符合就退出；服务管理器则不断重启它。',
      ),
      reference: REFERENCES.kubeletChecks,
    },
    {
      state: 'kubelet-not-reporting',
      mechanism: say(
        'A kubelet that ends while it starts renews no lease and posts no status.',
        'kubelet 启动即退出，既不会续租 Lease，也不会上报状态。',
      ),
      reference: REFERENCES.nodeLease,
      links: (_from, _to, view) => endedBySettings(view),
    },
    {
      state: 'node-not-ready',
      mechanism: say(
        'Ready is False while the container manager or the runtime check has errors.',
        '容器管理器或运行时检查报错期间，Ready 为 False。',
      ),
      reference: REFERENCES.readyCondition,
    },
  ],
  about: say(
    'The kubelet refuses to start, or to run pods, because of its own settings or because the host lacks what they ask for: swap is on, the cgroup driver differs from the runtime’s, a cgroup controller or the whole hierarchy is not what it expects, a configuration file, flag or directory is missing or of another version. It says so in one line when it starts and ends; the service manager starts it again every few seconds. It often follows an upgrade of the kubelet, the kernel or the operating system.',
    'kubelet 因自身配置，或主机缺少其所需的条件而拒绝启动或拒绝运行 Pod：swap 开启、cgroup driver 与运行时不一致、缺少 cgroup 控制器或层级不符、配置文件/参数/目录缺失或版本不符。它在启动时用一行日志说明原因后退出，服务管理器每隔几秒又把它拉起。常见于升级 kubelet、内核或操作系统之后。',
  ),
  shownBy: [
    say(
      'The kubelet’s own last line before it ends, or what it says of a pod, names the setting.',
      'kubelet 退出前的最后一行日志，或它对 Pod 的报错，指明了是哪项配置。',
    ),
  ],
  ruledOutBy: [
    say(
      'The kubelet has run since, with its health check ok and nothing of the kind in its log.',
      'kubelet 此后一直在运行、健康检查正常，日志中也没有此类报错。',
    ),
  ],
  references: [REFERENCES.kubeletChecks, REFERENCES.kubeletSwap, REFERENCES.kubeletCgroups],
  remedies: (view) => [
    ...settingCures(settingsSeen(view), CURE_RISK),
    ...general(unitCommand(view, 'restart', 'kubelet')),
  ],
  generalRemedies: [...settingCures(KUBELET_SETTINGS.slice(0, 3), CURE_RISK), ...general('systemctl restart kubelet')],
  confirm: [
    {
      command:
        'journalctl -u kubelet -n 200 --no-pager | grep -iE "failed to run|command failed|misconfiguration" | tail -3',
      shows: say('why it ended, in its own words', '它自己给出的退出原因'),
    },
    {
      command: 'swapon --show; stat -fc %T /sys/fs/cgroup; cat /proc/cgroups',
      shows: say('swap, cgroup version and controllers', 'swap、cgroup 版本与控制器'),
    },
    {
      command: 'cat /var/lib/kubelet/config.yaml /var/lib/kubelet/kubeadm-flags.env',
      shows: say('what it is told to do', '它的配置与参数'),
    },
  ],
};

function general(command: string): readonly Remedy[] {
  return [
    restartKubelet(command, {
      works: false,
      why: say('It reads the same settings again and ends the same way.', '重启后读到同样的配置，会以同样的方式退出。'),
    }),
    restartRuntime(null, {
      works: false,
      why: say('The runtime is not what refuses.', '拒绝启动的不是运行时。'),
    }),
    {
      ...reboot(
        say(
          'The settings are the same after it; and what a boot brings back, such as swap, may be the very cause.',
          '重启后配置依旧；而启动时恢复的东西（如 swap）可能正是原因。',
        ),
      ),
      works: false,
    },
  ];
}

interface Said {
  readonly setting: WrongSetting;
  readonly line: Observation<'log-signal'>;
}

/** Lines of its log that name a setting and were not followed by a start that went well. */
function said(view: CaseView): readonly Said[] {
  const starts = freshSignals(view, 'kubelet-started');
  const ended = freshSignals(view, 'kubelet-failed');
  const running = starts.findLast((o) => /main sync loop/.test(o.fact.line));
  // One that has ended more than once for it is only about to end again.
  const since = running ?? (ended.length > 1 ? undefined : starts.at(-1));
  return [...ended, ...freshSignals(view, 'kubelet-misconfigured')]
    .filter((o) => since === undefined || o.at > since.at)
    .flatMap((line) => {
      const setting = wrongSetting(KUBELET_SETTINGS, line.fact.line);
      return setting === null || isExcused(view, setting) ? [] : [{ setting, line }];
    });
}

/** It asks for its bootstrap kubeconfig only where its client certificate is of no use any more (bootstrap.go @ v1.20.2). */
function isExcused(view: CaseView, setting: WrongSetting): boolean {
  if (setting.id !== 'bootstrap') return false;
  const expired = view.all('certificate').some((o) => o.fact.notAfter < view.now);
  return expired || freshSignals(view, 'certificate-expired').length > 0;
}

function settingsSeen(view: CaseView): readonly WrongSetting[] {
  const inReady = wrongSetting(KUBELET_SETTINGS, freshReady(view)?.fact.message ?? '');
  return [...new Set([...said(view).map((s) => s.setting), ...(inReady === null ? [] : [inReady])])];
}

/** It ended for it, as far as its log says. */
function endedBySettings(view: CaseView): boolean {
  return said(view).some((s) => s.line.fact.signal === 'kubelet-failed');
}

function assess(view: CaseView): Assessment {
  const lines = said(view);
  const ready = freshReady(view);
  const stated =
    ready?.fact.status === 'False' && wrongSetting(KUBELET_SETTINGS, ready.fact.message) !== null ? ready : null;
  const [first] = settingsSeen(view);
  if (first === undefined || (lines.length === 0 && stated === null)) return inOrder(view);
  const running = atWork(view);
  // What it says of one pod or of a port does not keep it from its work.
  const sure = stated !== null || (running.length === 0 && keepsItOff(lines));
  return held({
    status: sure ? 'confirmed' : running.length === 0 ? 'likely' : 'possible',
    ...weigh(sure ? 'statedByComponent' : running.length === 0 ? 'recentLog' : 'hint'),
    subjects: subjectsOf(lines),
    evidence: [
      ...(stated === null ? [] : [quoteReady(stated)]),
      ...lines.slice(-3).map((s) => quoteLine(view, s.line)),
    ],
    against: running,
    missing: view.all('component').length > 0 ? [] : [missing('components', view)],
    summary: say(
      `The kubelet says that it cannot run as it is set up: ${first.what.en}.`,
      `kubelet 表示无法按现有配置运行：${first.what.zh}。`,
    ),
  });
}

/** Settings that a kubelet names and runs on with, or that another fault makes it name. */
const UNSURE: ReadonlySet<string> = new Set(['resolv-conf', 'node-name', 'port-taken', 'bootstrap']);

function keepsItOff(lines: readonly Said[]): boolean {
  return lines.some((s) => !UNSURE.has(s.setting.id));
}

function subjectsOf(lines: readonly Said[]): readonly EntityId[] {
  const components = lines.flatMap((s) => s.line.about.filter((id) => id.startsWith('component:')));
  return components.length > 0 ? [...new Set(components)] : [entityId.node()];
}

/** A kubelet that runs and answers. */
function atWork(view: CaseView): Evidence[] {
  const healthz = view.all('kubelet-healthz').at(-1);
  return healthz?.fact.outcome === 'ok' ? [quoteHealth(healthz)] : [];
}

function inOrder(view: CaseView): Assessment {
  const up = kubeletComponent(view);
  const ok = atWork(view);
  const against =
    up !== null && ok.length > 0
      ? [cite(up, say(`The kubelet runs (pid ${up.fact.pid}).`, `kubelet 正在运行（pid ${up.fact.pid}）。`)), ...ok]
      : view
          .gaps('kubelet')
          .filter((g) => g.fact.why === 'absent' && !g.fact.partial)
          .map((g) => cite(g, say('No kubelet runs here.', '本机没有运行 kubelet。')));
  return notSeen(against, against.length > 0 ? [] : [missing('kubelet-log', view)]);
}
