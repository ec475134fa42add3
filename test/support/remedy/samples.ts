import type { ClusterContext } from '../../../src/remedy/cluster/context.ts';
import { type ClusterNode, readClusterNode } from '../../../src/remedy/cluster/objects/node.ts';
import { type ClusterPod, readClusterPod } from '../../../src/remedy/cluster/objects/pod.ts';

type Json = Readonly<Record<string, unknown>>;

/** A node object that is Ready and has room for four cores. */
export function nodeJson(
  name: string,
  more: { labels?: Json; spec?: Json; allocatable?: Json; ready?: string } = {},
): Json {
  const ready = { type: 'Ready', status: more.ready ?? 'True', lastTransitionTime: '2026-11-24T05:00:00Z' };
  return {
    kind: 'Node',
    metadata: {
      name,
      uid: `uid-${name}`,
      resourceVersion: '1',
      labels: { 'kubernetes.io/hostname': name, ...more.labels },
    },
    spec: { ...more.spec },
    status: {
      conditions: [ready],
      allocatable: { cpu: '4', memory: '16Gi', pods: '110', ...more.allocatable },
      nodeInfo: { bootID: 'boot-1' },
    },
  };
}

export function node(...given: Parameters<typeof nodeJson>): ClusterNode {
  return known(readClusterNode(nodeJson(...given)));
}

interface PodMore {
  readonly on?: string;
  readonly cpu?: string;
  readonly owner?: string | null;
  readonly metadata?: Json;
  readonly spec?: Json;
  readonly status?: Json;
}

/** A running pod of a ReplicaSet that asks for one core. */
export function podJson(
  name: string,
  { on = 'worker-1', cpu = '1', owner = 'ReplicaSet', ...more }: PodMore = {},
): Json {
  const owners = owner === null ? [] : [{ kind: owner, name: `${name}-owner`, uid: 'o', controller: true }];
  return {
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'shop',
      uid: `uid-${name}`,
      labels: { app: name },
      ownerReferences: owners,
      ...more.metadata,
    },
    spec: { nodeName: on, containers: [{ name: 'c', resources: { requests: { cpu } } }], ...more.spec },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], ...more.status },
  };
}

export function pod(...given: Parameters<typeof podJson>): ClusterPod {
  return known(readClusterPod(podJson(...given)));
}

export function context(more: Partial<ClusterContext>): ClusterContext {
  const empty = {
    nodes: [],
    pods: [],
    budgets: [],
    claims: [],
    volumes: [],
    readyTurns: [],
    leases: [],
    locks: [],
    missing: [],
  };
  return { at: 0, node: null, ...empty, ...more };
}

function known<T>(value: T | null): T {
  if (value === null) throw new Error('a sample that its reader does not take');
  return value;
}
