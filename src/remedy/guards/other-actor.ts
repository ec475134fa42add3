import { say } from '../../causes/support/say.ts';
import type { Text } from '../../text/text.ts';
import { type ClusterFacts, type NodeFacts, nodeOf } from './cluster-facts.ts';
import type { Guard } from './guard.ts';

/** Another remediator, drainer or scaler has the node: two that act on one node undo each other. */
export const otherActor: Guard = ({ cluster, node, step, now }) => {
  if (cluster === null || step.phase === 'return') return null;
  const own = nodeOf(cluster, node);
  const holds = own === null ? null : (byTaint(own) ?? byAnnotation(own) ?? byLabel(own));
  const sign = holds ?? byLock(cluster, now);
  if (sign === null) return null;
  return {
    guard: 'other-actor',
    why: say(`${sign.who} has ${node}: ${sign.sign}.`, `${sign.who} 正在处理 ${node}：${sign.sign}。`),
    lift: sign.lift,
  };
};

interface Sign {
  readonly who: string;
  readonly sign: string;
  readonly lift: Text;
}

/**
 * Taints that others hold a node by. Sources: kubernetes/autoscaler utils/taints (ToBeDeletedTaint), karpenter
 * apis/v1/taints.go (DisruptedTaintKey), medik8s self-node-remediation and fence-agents-remediation utils/taints.go,
 * node-maintenance-operator (medik8s.io/drain).
 */
const TAINTS: readonly (readonly [key: string, who: string])[] = [
  ['ToBeDeletedByClusterAutoscaler', 'cluster-autoscaler'],
  ['karpenter.sh/disrupted', 'Karpenter'],
  ['karpenter.sh/disruption', 'Karpenter'],
  ['medik8s.io/remediation', 'medik8s self-node-remediation'],
  ['medik8s.io/fence-agents-remediation', 'medik8s fence-agents-remediation'],
  ['remediation.medik8s.io/fence-agents-remediation', 'medik8s fence-agents-remediation'],
  ['medik8s.io/drain', 'medik8s node-maintenance'],
];

function byTaint({ taints }: NodeFacts): Sign | null {
  for (const [key, who] of TAINTS) {
    if (taints.some((t) => t.key === key)) return { who, sign: `taint ${key}`, lift: untilGone(`taint ${key}`) };
  }
  return null;
}

/**
 * Annotations that say who is at work. Sources: kured pkg/kured (weave.works/kured-reboot-in-progress), machine-config
 * -operator pkg/daemon/constants (machineconfiguration.openshift.io/state; `Done` and `Degraded` are not at work).
 */
function byAnnotation({ annotations }: NodeFacts): Sign | null {
  const kured = annotations['weave.works/kured-reboot-in-progress'];
  if (kured !== undefined) {
    const sign = 'annotation weave.works/kured-reboot-in-progress';
    return { who: 'kured', sign, lift: untilGone(sign) };
  }
  const key = 'machineconfiguration.openshift.io/state';
  const state = annotations[key];
  if (state === 'Working' || state === 'Rebooting') {
    return { who: 'machine-config-operator', sign: `annotation ${key}=${state}`, lift: untilGone(`${key}=${state}`) };
  }
  return null;
}

/** Source: medik8s/common pkg/labels: nobody is to remediate this node. */
const EXCLUDED = 'remediation.medik8s.io/exclude-from-remediation';

function byLabel({ labels }: NodeFacts): Sign | null {
  if (labels[EXCLUDED] !== 'true') return null;
  return { who: 'medik8s', sign: `label ${EXCLUDED}=true`, lift: untilGone(`label ${EXCLUDED}`) };
}

function byLock({ locks }: ClusterFacts, now: number): Sign | null {
  const held = locks.find((l) => l.until === null || l.until > now);
  return held === undefined ? null : { who: held.holder, sign: held.what, lift: untilGone(held.what) };
}

function untilGone(what: string): Text {
  return say(
    `Let it finish, or take it away if it is left over: ${what}.`,
    `等待其完成；若为残留，请手动清除：${what}。`,
  );
}
