import type { ClusterNode } from '../objects/node.ts';
import { type ClusterPod, isFinished } from '../objects/pod.ts';
import { addResources, type Resources } from '../objects/resources.ts';

/** A node with what the scheduler counts as being on it. */
export interface Place {
  readonly node: ClusterNode;
  readonly pods: readonly ClusterPod[];
  /** Of all of them together. */
  readonly requested: Resources;
}

/** Pods whose containers are over count no more. Source: pkg/scheduler/eventhandlers.go @ v1.20.2, and its informer's selector. */
export function placesOf(nodes: readonly ClusterNode[], pods: readonly ClusterPod[]): readonly Place[] {
  const byNode = Map.groupBy(
    pods.filter((pod) => pod.node !== '' && !isFinished(pod)),
    (pod) => pod.node,
  );
  return nodes.map((node) => {
    const own = byNode.get(node.name) ?? [];
    return { node, pods: own, requested: own.map((p) => p.needs.requests).reduce(addResources, {}) };
  });
}

export function withPod({ node, pods, requested }: Place, pod: ClusterPod): Place {
  return { node, pods: [...pods, pod], requested: addResources(requested, pod.needs.requests) };
}
