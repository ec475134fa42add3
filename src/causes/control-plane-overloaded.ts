import type { Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Assessment, Cause, Evidence, Remedy } from './cause.ts';
import { cite, held, notSeen, weigh } from './support/assessment.ts';
import {
  API_SERVER,
  apiServerAnswers,
  apiServerEvidence,
  fleetLoss,
  leaseEvidence,
  nodeLease,
  noKubeletHere,
  unknownReady,
} from './support/cluster.ts';
import { quoteReady } from './support/kubelet-word.ts';
import { lacking } from './support/lacking.ts';
import { REFERENCES } from './support/references.ts';
import { reboot, restartKubelet } from './support/remedies.ts';
import { say } from './support/say.ts';

const NOT_HERE = say(
  'Many nodes were lost at once: no single one is at fault, and restarting kubelets adds to the load.',
  '许多节点同时失联：不是单个节点的问题，重启 kubelet 只会增加负载。',
);
const REMEDIES: readonly Remedy[] = [
  {
    action: 'relieve-api-server',
    title: say('Relieve the API server and etcd', '减轻 API server 与 etcd 的压力'),
    works: true,
    why: say(
      'Once leases get through again every node is Ready within 10 s. Look at etcd’s disk latency first, then at who asks the most.',
      'Lease 能续上后，各节点会在 10 秒内恢复 Ready。先看 etcd 的磁盘延迟，再看谁的请求最多。',
    ),
    command: 'kubectl get --raw /readyz?verbose',
    risk: say('None for looking.', '仅查看没有风险。'),
  },
  restartKubelet(null, { works: false, why: NOT_HERE }),
  { ...reboot(NOT_HERE), works: false, command: null },
];

/** The control plane loses many nodes together. */
export const controlPlaneOverloaded: Cause = {
  id: 'control-plane-overloaded',
  title: say('The control plane loses many nodes at once', '控制面同时失去许多节点'),
  assess,
  leadsTo: [
    {
      state: 'kubelet-not-reporting',
      mechanism: say('Renewals of leases come too late or are turned away.', 'Lease 续租到得太晚，或被拒绝。'),
      reference: REFERENCES.nodeLifecycle,
      inevitable: true,
    },
  ],
  about: say(
    'The API server or etcd is too slow, or the network between them and the nodes is, so that leases of many nodes are not renewed in time and they turn Unknown together. Each node by itself is in good health; the same minute on many nodes is the sign.',
    'API server 或 etcd 过慢（或它们与节点之间的网络过慢），许多节点的 Lease 不能及时续租，一起变为 Unknown。单看每个节点都是健康的；许多节点在同一分钟失联就是标志。',
  ),
  shownBy: [
    say(
      'At least two other nodes, and a third of all, turned Unknown within five minutes of this one.',
      '至少另外两个节点、且占全部的三分之一，在本节点前后 5 分钟内变为 Unknown。',
    ),
  ],
  ruledOutBy: [say('The other nodes are Ready.', '其他节点均为 Ready。')],
  references: [REFERENCES.nodeLifecycle, REFERENCES.nodeLease],
  remedies: () => REMEDIES,
  generalRemedies: REMEDIES,
  confirm: [
    { command: 'kubectl get nodes', shows: say('how many nodes are NotReady', '有多少节点 NotReady') },
    {
      command: 'kubectl get --raw /readyz?verbose',
      shows: say('whether the API server and etcd are well', 'API server 与 etcd 是否健康'),
    },
  ],
};

function assess(view: CaseView): Assessment {
  const lost = fleetLoss(view);
  const unknown = unknownReady(view);
  const peers = view.all('peer-nodes').at(-1);
  if (lost !== null && unknown !== null) return together(view, lost, unknown);
  const lease = nodeLease(view);
  const against = [
    ...(peers === undefined || lost !== null ? [] : [peersEvidence(peers)]),
    ...(lease !== null && !lease.stale ? [leaseEvidence(lease)] : []),
  ];
  return notSeen(
    against.length > 0 ? against : noKubeletHere(view),
    lacking(view, { 'node-object': ['peer-nodes'] }),
    'node-object',
  );
}

function together(view: CaseView, lost: Observation<'peer-nodes'>, unknown: Observation<'node-ready'>): Assessment {
  const lease = nodeLease(view);
  const sick = apiServerAnswers(view).filter((o) => o.fact.outcome === 'unhealthy' || o.fact.outcome === 'timeout');
  return held({
    status: sick.length > 0 ? 'confirmed' : 'likely',
    ...weigh(sick.length > 0 ? 'waitChannel' : 'heldProcess'),
    subjects: [API_SERVER],
    evidence: [
      peersEvidence(lost),
      quoteReady(unknown),
      ...(lease?.stale ? [leaseEvidence(lease)] : []),
      ...sick.map(apiServerEvidence),
    ],
    summary: say(
      `${lost.fact.lostTogether} other nodes were lost within minutes of this one: the control plane or the network to it is at fault, not this node.`,
      `另有 ${lost.fact.lostTogether} 个节点与本节点几乎同时失联：问题在控制面或通往它的网络，而不是本节点。`,
    ),
  });
}

function peersEvidence(o: Observation<'peer-nodes'>): Evidence {
  const { total, notReady, unknown, lostTogether } = o.fact;
  return cite(
    o,
    say(
      `Of ${total} other nodes ${notReady} are NotReady and ${unknown} Unknown; ${lostTogether} were lost together with this one.`,
      `其他 ${total} 个节点中 ${notReady} 个 NotReady、${unknown} 个 Unknown；${lostTogether} 个与本节点同时失联。`,
    ),
  );
}
