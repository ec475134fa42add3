import { type EntityId, entityId } from '../evidence/entity.ts';
import type { Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Assessment, Cause, Evidence, Remedy } from './cause.ts';
import { RUNTIME_SETTINGS } from './runtime-misconfigured/settings.ts';
import { cite, held, isFresh, notSeen, weigh } from './support/assessment.ts';
import { quoteEvent } from './support/cluster.ts';
import { unitCommand } from './support/commands.ts';
import { type EngineHealth, engines, pathOf } from './support/engines.ts';
import { kubeletEndpoint } from './support/kubelet.ts';
import { freshReady, freshSignals, quoteLine, quoteReady } from './support/kubelet-word.ts';
import { missing, missingOf } from './support/missing.ts';
import { REFERENCES } from './support/references.ts';
import { reboot, restartKubelet, restartRuntime } from './support/remedies.ts';
import { say } from './support/say.ts';
import { settingCures, type WrongSetting, wrongSetting } from './support/settings-table.ts';

const CURE_RISK = say(
  'The daemon reads it at its next start. A change of the cgroup driver needs the pods of the node restarted.',
  '守护进程下次启动时生效。改动 cgroup driver 需要重启节点上的 Pod。',
);

/** Endpoint, cgroup driver, sandbox image or plugins of the runtime. */
export const runtimeMisconfigured: Cause = {
  id: 'runtime-misconfigured',
  title: say('The container runtime is misconfigured', '容器运行时配置有误'),
  assess,
  leadsTo: [
    {
      state: 'pods-cannot-start',
      mechanism: say(
        'Every sandbox is made by these settings, and none can be.',
        '每个 sandbox 都按这些配置创建，因此一个也起不来。',
      ),
      reference: REFERENCES.criConfig,
    },
    {
      state: 'runtime-down',
      mechanism: say(
        'A daemon that cannot read its configuration ends; at an endpoint that is wrong nobody listens.',
        '守护进程读不了配置就会退出；而错误的端点上没有进程监听。',
      ),
      reference: REFERENCES.criConfig,
    },
    {
      state: 'kubelet-down',
      mechanism: say(
        'Since 1.24 the kubelet ends where its endpoint does not speak its CRI.',
        '从 1.24 起，端点不提供所需的 CRI 时 kubelet 会直接退出。',
      ),
      reference: REFERENCES.criConfig,
    },
    {
      state: 'runtime-reported-down',
      mechanism: say(
        'The status call is refused as unknown, so the kubelet never sees the runtime ready.',
        '状态查询被当作未知服务拒绝，kubelet 因此一直认为运行时不可用。',
      ),
      reference: REFERENCES.runtimeSync,
    },
  ],
  about: say(
    'The runtime runs, but not in the way that this kubelet needs it: the CRI plugin of containerd is switched off or does not load, the kubelet points at another endpoint, the cgroup driver differs from the kubelet’s, the sandbox image cannot be had, a runtime handler or a program such as runc is missing, or the daemon cannot read its configuration. It usually shows right after an installation or an upgrade, on every node that was set up alike, and it is steady: no flapping.',
    '运行时在运行，但不符合该 kubelet 的要求：containerd 的 CRI 插件被禁用或加载失败、kubelet 指向了别的端点、cgroup driver 不一致、sandbox 镜像无法获取、缺少 runtime handler 或 runc 等程序，或守护进程无法解析配置。通常在安装或升级之后立即出现，所有同样配置的节点都有，并且是持续的，不会抖动。',
  ),
  shownBy: [
    say(
      'The runtime, runc or the kubelet names the setting in an error of the last 10 minutes.',
      '最近 10 分钟内运行时、runc 或 kubelet 的报错指明了配置项。',
    ),
    say(
      'Nobody listens at the kubelet’s endpoint while another runtime answers at its usual one.',
      'kubelet 配置的端点无人监听，而另一个运行时在其默认端点上正常应答。',
    ),
  ],
  ruledOutBy: [
    say(
      'Its CRI status says RuntimeReady, at the endpoint that the kubelet uses, and no such error is logged.',
      'kubelet 所用端点的 CRI 状态为 RuntimeReady，且日志中没有此类报错。',
    ),
  ],
  references: [REFERENCES.criConfig, REFERENCES.cgroupDriver],
  remedies: (view) => [
    ...settingCures(settingsSeen(view), CURE_RISK),
    ...general(unitCommand(view, 'restart', 'containerd')),
  ],
  generalRemedies: [
    ...settingCures(RUNTIME_SETTINGS.slice(0, 3), CURE_RISK),
    ...general('systemctl restart containerd'),
  ],
  confirm: [
    {
      command: 'crictl info | head -30',
      shows: say('whether the CRI answers, and what it says of itself', 'CRI 是否应答，以及它报告的状态'),
    },
    {
      command: 'journalctl -u containerd -u docker --since -15m --no-pager | grep -E "level=(error|fatal)" | tail',
      shows: say('what the daemon says is wrong', '守护进程自己的报错'),
    },
    {
      command: 'ps -o args= -C kubelet | tr " " "\\n" | grep -E "endpoint|config"',
      shows: say('which endpoint the kubelet uses', 'kubelet 使用哪个端点'),
    },
  ],
};

function general(command: string): readonly Remedy[] {
  return [
    restartRuntime(command, {
      works: false,
      why: say(
        'It reads the same settings again; only once they are corrected does it need this.',
        '重启后读到的配置不变；修正配置之后才需要重启。',
      ),
    }),
    restartKubelet(null, {
      works: false,
      why: say('The kubelet asks the same runtime the same way.', 'kubelet 仍以同样的方式访问同一个运行时。'),
    }),
    { ...reboot(say('The settings are the same after it.', '重启后配置依旧。')), works: false },
  ];
}

type Line = Observation<'log-signal'>;

function said(view: CaseView): readonly Line[] {
  return freshSignals(view, 'runtime-misconfigured', 'kubelet-failed', 'container-start-failed').filter((o) => {
    const setting = wrongSetting(RUNTIME_SETTINGS, o.fact.line);
    return setting !== null && !(setting.id === 'cri-plugin' && usesDocker(view));
  });
}

/** A kubelet on Docker does not ask containerd's CRI, which then may be as it likes. */
function usesDocker(view: CaseView): boolean {
  const used = kubeletEndpoint(view);
  if (used !== null) return /docker/.test(used);
  return engines(view).some((e) => e.kind === 'docker' && e.answered.length > 0 && !e.unusedByKubelet);
}

/** What the kubelet says of it in events and in Ready, where its log was not given. */
function told(view: CaseView): readonly { readonly evidence: Evidence; readonly text: string }[] {
  const ready = freshReady(view);
  const events = view.all('cluster-event').filter((o) => isFresh(view, o));
  return [
    ...(ready?.fact.status === 'False' ? [{ evidence: quoteReady(ready), text: ready.fact.message }] : []),
    ...events.map((o) => ({ evidence: quoteEvent(o), text: o.fact.message })),
  ].filter(({ text }) => wrongSetting(RUNTIME_SETTINGS, text) !== null);
}

function settingsSeen(view: CaseView): readonly WrongSetting[] {
  const texts = [...said(view).map((o) => o.fact.line), ...told(view).map((t) => t.text)];
  return [...new Set(texts.flatMap((text) => wrongSetting(RUNTIME_SETTINGS, text) ?? []))];
}

/** The endpoint that the kubelet is told to use, if nobody listens there while another runtime answers. */
function strayEndpoint(view: CaseView): EngineHealth | null {
  const used = kubeletEndpoint(view);
  if (used === null || /dockershim/.test(used)) return null;
  const own = engines(view).find((e) => pathOf(e.endpoint) === pathOf(used));
  const other = engines(view).some((e) => e !== own && e.answered.length > 0 && e.kind !== 'docker');
  return own !== undefined && own.refused.length > 0 && own.answered.length === 0 && other ? own : null;
}

function assess(view: CaseView): Assessment {
  const lines = said(view);
  const words = told(view);
  const [first] = settingsSeen(view);
  if (first === undefined) return stray(view) ?? inOrder(view);
  const answers = readyConditions(view);
  // A pod that asks for a handler that is not there says nothing of the node.
  const ofOne = settingsSeen(view).every((s) => s.id === 'handler');
  const doubtful = answers.length > 0 || ofOne;
  const status = doubtful ? 'possible' : isOutOfReach(view, lines) ? 'likely' : 'confirmed';
  return held({
    status,
    ...weigh(({ confirmed: 'hangAlone', likely: 'circumstantial', possible: 'hint' } as const)[status]),
    subjects: subjectsOf(lines),
    evidence: [...lines.slice(-3).map((o) => quoteLine(view, o)), ...words.slice(-2).map((t) => t.evidence)],
    against: answers,
    missing: missingOf(view, ['cri']),
    summary: say(
      `The runtime is not set up as this kubelet needs it: ${first.what.en}.`,
      `运行时的配置不符合该 kubelet 的要求：${first.what.zh}。`,
    ),
  });
}

const REGISTRY_AWAY =
  /i\/o timeout|connection re(?:fused|set)|no such host|handshake timeout|deadline exceeded|Client\.Timeout|network is unreachable|no route to host|server misbehaving|\b(?:429|50[0234])\b/i;

/** Nothing is wrong but that a registry does not answer: the image may be the right one, and the way to it closed. */
function isOutOfReach(view: CaseView, lines: readonly Observation<'log-signal'>[]): boolean {
  const onlyImage = settingsSeen(view).every((s) => s.id === 'sandbox-image');
  return onlyImage && lines.every((o) => REGISTRY_AWAY.test(o.fact.line));
}

function stray(view: CaseView): Assessment | null {
  const own = strayEndpoint(view);
  const [refused] = own?.refused ?? [];
  if (own === null || refused === undefined) return null;
  return held({
    status: 'likely',
    ...weigh('circumstantial'),
    subjects: [own.id],
    evidence: [
      cite(
        refused,
        say(
          `The kubelet uses ${own.endpoint}, where nobody listens; another runtime answers at its own endpoint.`,
          `kubelet 使用 ${own.endpoint}，但那里无人监听；另一个运行时在自己的端点上有应答。`,
        ),
      ),
    ],
    summary: say(
      `The kubelet points at ${own.endpoint}, where no runtime listens.`,
      `kubelet 指向 ${own.endpoint}，而那里没有运行时在监听。`,
    ),
  });
}

function subjectsOf(lines: readonly Line[]): readonly EntityId[] {
  const components = lines.flatMap((o) => o.about.filter((id) => id.startsWith('component:')));
  return components.length > 0 ? [...new Set(components)] : [entityId.node()];
}

function readyConditions(view: CaseView): Evidence[] {
  return view
    .all('runtime-condition')
    .filter((o) => o.fact.condition === 'RuntimeReady' && o.fact.status)
    .map((o) => cite(o, say('The CRI says RuntimeReady=true.', 'CRI 报告 RuntimeReady=true。')));
}

function inOrder(view: CaseView): Assessment {
  const used = kubeletEndpoint(view);
  const inUse = engines(view).filter((e) => e.answered.length > 0 && !e.unusedByKubelet);
  const answered = inUse.flatMap((e) => e.answered.slice(0, 1));
  const against = [
    ...readyConditions(view),
    ...(used === null
      ? []
      : answered.map((o) => cite(o, say('The endpoint that the kubelet uses answers.', 'kubelet 所用的端点有应答。')))),
  ];
  return notSeen(against, against.length > 0 ? [] : [missing('cri', view)]);
}
