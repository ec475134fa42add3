import type { ClusterNode } from '../objects/node.ts';
import { type ClusterPod, isFinished } from '../objects/pod.ts';
import { addResources, type Resources } from '../objects/resources.ts';

/** A node with what the scheduler counts as being on it, and what is worth having at hand. */
export interface Place {
  readonly node: ClusterNode;
  readonly pods: readonly ClusterPod[];
  /** Of all of them together. */
  readonly requested: Resources;
  /** Of cpu and memory together, how much is taken, 0 to 1. */
  readonly taken: number;
  /** Those that keep others off. */
  readonly shunning: readonly ClusterPod[];
}

/** Pods whose containers are over count no more. Source: pkg/scheduler/eventhandlers.go @ v1.20.2, and its informer's selector. */
export function placesOf(nodes: readonly ClusterNode[], pods: readonly ClusterPod[]): readonly Place[] {
  const byNode = Map.groupBy(
    pods.filter((pod) => pod.node !== '' && !isFinished(pod)),
    (pod) => pod.node,
  );
  return nodes.map((node) => {
    const own = byNode.get(node.name) ?? [];
    return place(node, own, own.map((p) => p.needs.requests).reduce(addResources, {}));
  });
}

export function withPod({ node, pods, requested }: Place, pod: ClusterPod): Place {
  return place(node, [...pods, pod], addResources(requested, pod.needs.requests));
}

function place(node: ClusterNode, pods: readonly ClusterPod[], requested: Resources): Place {
  const part = (name: string) => (requested[name] ?? 0) / Math.max(1, node.allocatable[name] ?? 0);
  const shunning = pods.filter((p) => p.needs.antiAffinity.length > 0);
  return { node, pods, requested, taken: (part('cpu') + part('memory')) / 2, shunning };
}
