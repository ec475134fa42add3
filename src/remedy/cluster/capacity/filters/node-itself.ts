import { type ClusterNode, type NodeTaint, taintText } from '../../objects/node.ts';
import { meetsTerms } from '../../objects/node-terms.ts';
import type { ClusterPod } from '../../objects/pod.ts';
import type { PodNeeds, Toleration } from '../../objects/pod-needs.ts';
import type { Filter } from '../refusal.ts';

const UNSCHEDULABLE: NodeTaint = { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' };

/** Source: plugins/nodeunschedulable/node_unschedulable.go @ v1.20.2 and master. */
export function notCordoned({ needs }: ClusterPod): Filter {
  const isTolerated = tolerates(needs.tolerations, UNSCHEDULABLE);
  return ({ node }) => (node.unschedulable && !isTolerated ? { reason: 'unschedulable', detail: '' } : null);
}

/** Source: plugins/tainttoleration/taint_toleration.go @ v1.20.2 and master: the first that is not tolerated is named. */
export function taintsTolerated({ needs }: ClusterPod): Filter {
  return ({ node }) => {
    const taint = untolerated(node, needs.tolerations);
    return taint === null ? null : { reason: 'taint', detail: taintText(taint) };
  };
}

/** The first taint that keeps a pod off a node. */
export function untolerated({ taints }: ClusterNode, tolerations: readonly Toleration[]): NodeTaint | null {
  const keeps = ({ effect }: NodeTaint) => effect === 'NoSchedule' || effect === 'NoExecute';
  return taints.find((taint) => keeps(taint) && !tolerates(tolerations, taint)) ?? null;
}

/** Source: core/v1 Toleration.ToleratesTaint; `Lt` and `Gt`, an alpha of 1.35, tolerate nothing here. */
function tolerates(tolerations: readonly Toleration[], taint: NodeTaint): boolean {
  return tolerations.some(
    ({ key, operator, value, effect }) =>
      (effect === '' || effect === taint.effect) &&
      (key === '' || key === taint.key) &&
      (operator === 'Exists' || ((operator === '' || operator === 'Equal') && value === taint.value)),
  );
}

/** Source: plugins/nodeaffinity/node_affinity.go and plugins/helper/node_affinity.go @ v1.20.2. */
export function nodeAffine({ needs }: ClusterPod): Filter {
  return ({ node }) => (isNodeMatched(needs, node) ? null : { reason: 'node-affinity', detail: '' });
}

export function isNodeMatched({ nodeSelector, nodeTerms }: PodNeeds, node: ClusterNode): boolean {
  const isSelected = Object.entries(nodeSelector).every(([key, value]) => node.labels[key] === value);
  return isSelected && (nodeTerms === null || meetsTerms(nodeTerms, node));
}
