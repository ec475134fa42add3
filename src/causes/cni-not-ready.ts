import { entityId } from '../evidence/entity.ts';
import type { Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Assessment, Cause, Evidence } from './cause.ts';
import { cite, held, isFresh, notSeen, weigh } from './support/assessment.ts';
import { engines, noRuntimeHere } from './support/engines.ts';
import { kubeletComponent, kubeletEndpoint } from './support/kubelet.ts';
import { freshSignals, networkWord, quoteLine, quoteReady } from './support/kubelet-word.ts';
import { missingOf } from './support/missing.ts';
import { REFERENCES } from './support/references.ts';
import { reboot, restartKubelet, restartRuntime } from './support/remedies.ts';
import { say } from './support/say.ts';

const REMEDIES = [
  {
    action: 'restore-cni',
    title: say('Bring the CNI plugin back', '恢复 CNI 插件'),
    works: true,
    why: say(
      'The runtime watches the directory: once a valid configuration and its binaries are there, NetworkReady turns true within seconds. Look at the network add-on’s pod on this node first.',
      '运行时会监视该目录：只要有有效配置和对应的二进制，NetworkReady 会在数秒内变为 true。请先查看本节点上网络插件的 Pod。',
    ),
    command: 'ls -l /etc/cni/net.d /opt/cni/bin',
    risk: say(
      'None for reading; a wrong configuration gives pods wrong addresses.',
      '查看没有风险；错误的配置会让 Pod 得到错误的地址。',
    ),
  },
  restartRuntime(null, {
    works: false,
    why: say('It reads the same missing configuration.', '重启后读到的仍是缺失的配置。'),
  }),
  restartKubelet(null, {
    works: false,
    why: say('The kubelet only passes on what the runtime says.', 'kubelet 只是转述运行时的判断。'),
  }),
  reboot(
    say('Helps only where the add-on writes its configuration at boot.', '仅当网络插件在启动时写入配置才有帮助。'),
  ),
] as const;

import type { EvidenceKind } from './weights.ts';

/** No usable CNI plugin or configuration. */
export const cniNotReady: Cause = {
  id: 'cni-not-ready',
  title: say('The pod network is not ready', 'Pod 网络未就绪'),
  assess,
  leadsTo: [
    {
      state: 'network-not-ready',
      mechanism: say(
        'The runtime reports NetworkReady=false to the kubelet.',
        '运行时向 kubelet 报告 NetworkReady=false。',
      ),
      reference: REFERENCES.cni,
    },
    {
      state: 'pods-cannot-start',
      mechanism: say(
        'A sandbox outside the host network needs a CNI plugin.',
        '非 hostNetwork 的 sandbox 需要 CNI 插件。',
      ),
      reference: REFERENCES.cni,
    },
  ],
  about: say(
    'The runtime finds no usable CNI configuration or plugin: the network pod (Calico, Cilium, Flannel ...) never wrote it, it was deleted, or its binaries are missing. The kubelet then reports “container runtime network not ready” and keeps the node NotReady, steadily, not flapping.',
    '运行时找不到可用的 CNI 配置或插件：网络组件的 Pod（Calico、Cilium、Flannel 等）尚未写入、被删除，或缺少二进制文件。kubelet 会报告 “container runtime network not ready”，节点持续 NotReady，而不是反复抖动。',
  ),
  shownBy: [
    say('The CRI status condition NetworkReady is false.', 'CRI 状态条件 NetworkReady 为 false。'),
    say(
      '“network plugin is not ready” in the kubelet’s log of the last 10 minutes.',
      '最近 10 分钟的 kubelet 日志出现 “network plugin is not ready”。',
    ),
  ],
  ruledOutBy: [say('NetworkReady is true.', 'NetworkReady 为 true。')],
  references: [REFERENCES.cni],
  remedies: () => REMEDIES,
  generalRemedies: REMEDIES,
  confirm: [
    {
      command: 'crictl info | grep -A5 NetworkReady',
      shows: say('what the runtime says of the network', '运行时对网络的判断'),
    },
    { command: 'ls -l /etc/cni/net.d /opt/cni/bin', shows: say('configuration and plugins', '配置与插件') },
  ],
};

function assess(view: CaseView): Assessment {
  const conditions = view.all('runtime-condition').filter((o) => o.fact.condition === 'NetworkReady');
  const used = conditions.filter((o) => isUsed(view, o));
  const bad = conditions.filter((o) => !o.fact.status);
  const logged = view.all('log-signal').filter((o) => o.fact.signal === 'network-not-ready' && isFresh(view, o));
  const badUsed = bad.filter((o) => used.includes(o));
  if (badUsed.length > 0) return found('confirmed', 'statedByComponent', badUsed, logged);
  const stated = networkWord(view);
  if (stated !== null && conditions.every((o) => !o.fact.status)) return byNodeObject(stated);
  const ready = conditions.filter((o) => o.fact.status).map((o) => conditionEvidence(o));
  // containerd logs as much whenever it starts or an add-on rewrites its configuration; the kubelet only what it makes of it.
  const told = logged.filter((o) => o.fact.log === 'kubelet');
  if (told.length > 0 && ready.length === 0) return found('likely', 'logNamesCause', bad, logged);
  if (bad.length > 0) return found('possible', 'hint', bad, logged, ready);
  if (told.length > 0) return backAgain(view, told, ready);
  const against = ready.length > 0 ? ready : noRuntimeHere(view);
  return notSeen(against, missingOf(view, ['cri']), 'cri');
}

/** The network is there now and was not minutes ago: for that long Ready was lost, if it was lost then. */
function backAgain(view: CaseView, told: readonly Observation<'log-signal'>[], ready: readonly Evidence[]): Assessment {
  const lost = freshSignals(view, 'node-became-not-ready').length > 0;
  return held({
    status: lost ? 'likely' : 'possible',
    ...weigh(lost ? 'recentLog' : 'hint'),
    subjects: [entityId.node()],
    evidence: told.slice(-2).map((o) => quoteLine(view, o)),
    against: ready,
    summary: say(
      'The pod network was not ready within the last 10 minutes; it is ready now.',
      '最近 10 分钟内 Pod 网络曾未就绪；现在已就绪。',
    ),
  });
}

/** The kubelet passes on what the runtime says: that is as good as the runtime's own word. */
function byNodeObject(stated: Observation<'node-ready'>): Assessment {
  const { message } = stated.fact;
  return held({
    status: 'confirmed',
    ...weigh('statedByComponent'),
    subjects: [entityId.node()],
    evidence: [quoteReady(stated)],
    summary: say(`The runtime has no usable pod network: ${message}`, `运行时没有可用的 Pod 网络：${message}`),
  });
}

/**
 * A CRI plugin that no kubelet uses is not ready on every plain Docker host: there it means nothing. A kubelet here,
 * pods on the engine, or a user who pointed at it make it matter.
 */
function isUsed(view: CaseView, condition: Observation<'runtime-condition'>): boolean {
  const engine = engines(view).find((e) => condition.about.includes(e.id));
  if (engine?.unusedByKubelet) return false;
  if (engine?.engine?.fact.foundBy === 'flag' || kubeletEndpoint(view) !== null) return true;
  const pods = engine === undefined ? 0 : (view.fact(engine.id, 'container-counts')?.pods ?? 0);
  return pods > 0 || (kubeletComponent(view) !== null && engines(view).every((e) => e.kind !== 'docker'));
}

function found(
  status: 'confirmed' | 'likely' | 'possible',
  restsOn: EvidenceKind,
  conditions: readonly Observation<'runtime-condition'>[],
  logged: readonly Observation<'log-signal'>[],
  against: readonly Evidence[] = [],
): Assessment {
  return held({
    status,
    ...weigh(restsOn),
    subjects: conditions.flatMap((o) => o.about.slice(0, 1)),
    evidence: [
      ...conditions.map(conditionEvidence),
      ...logged.slice(-2).map((o) => cite(o, say(`Kubelet log: ${o.fact.line}`, `kubelet 日志：${o.fact.line}`))),
    ],
    against,
    summary:
      status === 'possible'
        ? say(
            'A CRI endpoint has no pod network, but no kubelet is seen to use it.',
            '某个 CRI 端点没有 Pod 网络，但没有看到 kubelet 在使用它。',
          )
        : say(
            `The runtime has no usable pod network${reasonOf(conditions)}.`,
            `运行时没有可用的 Pod 网络${reasonOf(conditions)}。`,
          ),
  });
}

function reasonOf(conditions: readonly Observation<'runtime-condition'>[]): string {
  const message = conditions[0]?.fact.message ?? '';
  return message === '' ? '' : `: ${message}`;
}

function conditionEvidence(o: Observation<'runtime-condition'>): Evidence {
  const { status, reason, message } = o.fact;
  const why = [reason, message].filter((s) => s !== '').join(', ');
  const text = `NetworkReady=${status}${why === '' ? '' : ` (${why})`}`;
  return cite(o, say(`The runtime says ${text}.`, `运行时报告 ${text}。`));
}
