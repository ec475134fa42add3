import { say } from '../../causes/support/say.ts';
import { formatDuration } from '../../text/units.ts';
import type { ClusterAct } from '../act.ts';
import { type ActWords, API_ANSWERS } from './words.ts';

const QUICK_MS = 15_000;

/** What is said of an act through the API server. */
export function clusterWords(act: ClusterAct): ActWords {
  switch (act.kind) {
    case 'cordon':
      return cordonWords(act.node);
    case 'uncordon':
      return uncordonWords(act.node);
    case 'remove-taint':
      return removeTaintWords(act);
    case 'add-taint':
      return addTaintWords(act);
    case 'drain':
      return drainWords(act);
    case 'force-delete-pod':
      return forceDeleteWords(act);
  }
}

const QUICK = {
  requires: [API_ANSWERS],
  deadlineMs: QUICK_MS,
  destroysEvidence: false,
  reach: 'nobody',
  undo: null,
} as const satisfies Partial<ActWords>;

function cordonWords(node: string): ActWords {
  return {
    ...QUICK,
    title: say(`Cordon ${node}`, `cordon ${node}`),
    does: say('No new pod is placed on it. Pods that run there stay.', '不再向其调度新 Pod；已有的 Pod 不动。'),
    breaks: say('Nothing that runs; the cluster has less room.', '不影响运行中的 Pod；集群可用容量减少。'),
    verify: say('The node object says unschedulable.', 'Node 对象显示 unschedulable。'),
    undo: { kind: 'uncordon', node },
  };
}

function uncordonWords(node: string): ActWords {
  return {
    ...QUICK,
    title: say(`Uncordon ${node}`, `uncordon ${node}`),
    does: say('Pods may be placed on it again.', '重新允许向其调度 Pod。'),
    breaks: say(
      'If the fault comes back, new pods are caught in it: so only after proof.',
      '若故障复发，新 Pod 会受牵连：因此必须先有证明。',
    ),
    verify: say('The node object no longer says unschedulable.', 'Node 对象不再显示 unschedulable。'),
    undo: { kind: 'cordon', node },
  };
}

type TaintAct = Extract<ClusterAct, { kind: 'add-taint' | 'remove-taint' }>;

function removeTaintWords({ node, taint }: TaintAct): ActWords {
  return {
    ...QUICK,
    title: say(`Take the taint ${taint.key} off ${node}, for a time`, `临时去除 ${node} 的污点 ${taint.key}`),
    does: say(
      'Ordinary pods may be placed there, so the drained ones find room. It is put back at the end of this plan.',
      '普通 Pod 可以调度到该节点，被驱逐的 Pod 由此有处可去。计划结束时会加回。',
    ),
    breaks: say(
      'On a control-plane node they compete with etcd and the API server for CPU, memory and disk. Pods that came stay when the taint returns (NoSchedule does not evict).',
      '若为控制面节点，这些 Pod 会与 etcd、API server 争抢 CPU、内存和磁盘。污点加回后已调度的 Pod 不会离开（NoSchedule 不驱逐）。',
    ),
    verify: say('The node object does not have the taint.', 'Node 对象上没有该污点。'),
    undo: { kind: 'add-taint', node, taint },
  };
}

function addTaintWords({ node, taint }: TaintAct): ActWords {
  return {
    ...QUICK,
    title: say(`Put the taint ${taint.key} back on ${node}`, `把污点 ${taint.key} 加回 ${node}`),
    does: say('Ordinary pods are no longer placed there.', '普通 Pod 不再调度到该节点。'),
    breaks: say('Pods that came meanwhile stay there until they are deleted.', '期间调度过来的 Pod 会留到被删除为止。'),
    verify: say('The node object has the taint.', 'Node 对象上有该污点。'),
    undo: { kind: 'remove-taint', node, taint },
  };
}

function drainWords(act: Extract<ClusterAct, { kind: 'drain' }>): ActWords {
  const { emptyDir, unmanaged } = act.consent;
  return {
    ...QUICK,
    title: say(`Drain ${act.node}`, `drain ${act.node}`),
    does: say(
      `Evicts its pods through the eviction API, so that disruption budgets hold, and tells per pod what holds it up, for at most ${formatDuration(act.deadlineMs)}. DaemonSet and mirror pods stay.`,
      `通过驱逐 API 逐个驱逐 Pod（遵守 PDB），并逐个说明卡住的原因，最长 ${formatDuration(act.deadlineMs)}。DaemonSet 和 mirror Pod 保留。`,
    ),
    breaks: say(
      `Each pod ends here and starts elsewhere. Pods with an emptyDir ${emptyDir ? 'lose its content' : 'are left, for no consent was given'}; pods without a controller ${unmanaged ? 'are gone for good' : 'are left'}. A pod whose container cannot be stopped stays Terminating until the node is freed.`,
      `每个 Pod 都会在此结束并在别处启动。带 emptyDir 的 Pod ${emptyDir ? '会丢失其中的数据' : '因未获同意而保留'}；无控制器的 Pod ${unmanaged ? '将彻底消失' : '保留'}。容器停不掉的 Pod 会一直 Terminating，直到节点恢复。`,
    ),
    verify: say('No pod that can be evicted is left on the node.', '节点上没有可驱逐的 Pod。'),
    requires: [API_ANSWERS, { id: 'pods-fit', text: say('the pods fit on the other nodes', '其他节点容得下这些 Pod') }],
    deadlineMs: act.deadlineMs + QUICK_MS,
    reach: 'node',
  };
}

function forceDeleteWords({ pod }: Extract<ClusterAct, { kind: 'force-delete-pod' }>): ActWords {
  const name = `${pod.namespace}/${pod.name}`;
  return {
    ...QUICK,
    title: say(`Delete pod ${name} by force`, `强制删除 Pod ${name}`),
    does: say(
      'The API server forgets the pod at once, so that its controller replaces it. The container here may go on running.',
      'API server 立即忘记该 Pod，控制器随即重建；本机上的容器可能仍在运行。',
    ),
    breaks: say(
      'A StatefulSet’s pod, or one with a volume, may run twice and corrupt its data.',
      'StatefulSet 或带卷的 Pod 可能两处同时运行，损坏数据。',
    ),
    verify: say('The API server has no pod of that uid.', 'API server 上没有该 uid 的 Pod。'),
    reach: 'container',
    destroysEvidence: true,
  };
}
