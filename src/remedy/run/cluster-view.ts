import { capacityWithout } from '../cluster/capacity/index.ts';
import type { ClusterContext } from '../cluster/context.ts';
import type { ClusterNode } from '../cluster/objects/node.ts';
import { type ClusterPod, isFinished, nameOf } from '../cluster/objects/pod.ts';
import type { ClusterFacts, NodeFacts } from '../guards/cluster-facts.ts';
import type { Capacity } from '../plan/plan.ts';
import type { NodeState } from './prove-ready.ts';

/** What guards see of a cluster; null where not all of its nodes could be read: a part would look like a sound whole. */
export function clusterFacts({ nodes, node, locks, missing }: ClusterContext): ClusterFacts | null {
  if (node === null || missing.some(({ part }) => part === 'nodes')) return null;
  return { nodes: nodes.map(nodeFacts), locks };
}

function nodeFacts(node: ClusterNode): NodeFacts {
  return {
    name: node.name,
    ready: node.ready?.status ?? 'Unknown',
    readySince: node.ready?.since ?? null,
    controlPlane: node.isControlPlane,
    unschedulable: node.unschedulable,
    taints: node.taints as NodeFacts['taints'],
    annotations: node.annotations,
    labels: node.labels,
  };
}

/** Whether a node's pods fit elsewhere, as a plan needs to know it; null where the node was not seen. */
export function planCapacity(context: ClusterContext, node: string): Capacity | null {
  if (context.node === null) return null;
  const { unplaced, together, unknown } = capacityWithout(context, node);
  return {
    fits: unplaced.length === 0,
    misfits: unplaced.map(({ pod, refusals }) => ({
      pod: nameOf(pod),
      why: refusals[0]?.text ?? { en: 'there is no other node', zh: '没有其他节点' },
    })),
    offers: together.map(({ acts, means }) => ({ acts, means })),
    unknown,
  };
}

/** @param pods of the node */
export function nodeState(node: ClusterNode, pods: readonly ClusterPod[], now: number): NodeState {
  return {
    ready: node.ready?.status === 'True',
    readySince: node.ready?.since ?? null,
    notRunning: pods.flatMap((pod) => {
      const why = whyNotRunning(pod, now);
      return why === null ? [] : [{ pod: nameOf(pod), why }];
    }),
  };
}

/** A container that ends by itself and is started again is the application's affair: its pod is Running all the same. */
function whyNotRunning(pod: ClusterPod, now: number): string | null {
  if (isFinished(pod)) return null;
  if (pod.deletionRequestedAt === null) return pod.phase === 'Running' ? null : pod.phase;
  return now - pod.deletionRequestedAt > pod.graceSeconds * 1000 + SLACK_MS ? 'Terminating' : null;
}

/** What a kubelet that is well takes beyond the grace period. */
const SLACK_MS = 15_000;
