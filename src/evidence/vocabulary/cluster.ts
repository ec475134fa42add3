import { z } from 'zod';

/** The node object without its conditions. About the node. Source: GET /api/v1/nodes/NAME. */
export const nodeObject = z.object({
  type: z.literal('node-object'),
  /** As the API server knows it; the kubelet's --hostname-override may differ from the host's name. */
  name: z.string(),
  unschedulable: z.boolean(),
  taints: z.array(z.object({ key: z.string(), value: z.string(), effect: z.string() })),
  kubeletVersion: z.string(),
  runtimeVersion: z.string(),
});

/** A condition of the node other than Ready (that is `node-ready`): DiskPressure, MemoryPressure, PIDPressure ... About the node. */
export const nodeCondition = z.object({
  type: z.literal('node-condition'),
  condition: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  message: z.string(),
  /** lastTransitionTime, Unix ms. */
  since: z.number().nullable(),
});

/** The node's lease in kube-node-lease, which the kubelet renews every quarter of its duration. About the node. */
export const nodeLease = z.object({
  type: z.literal('node-lease'),
  /** Unix ms; null where there is no lease. */
  renewedAt: z.number().nullable(),
  durationMs: z.number().nullable(),
});

/** An event about the node or a pod of it. About that. `at` of the observation is its last time. */
export const clusterEvent = z.object({
  type: z.literal('cluster-event'),
  reason: z.string(),
  severity: z.enum(['Normal', 'Warning']),
  /** Who says so: `kubelet`, `node-controller`. */
  component: z.string(),
  message: z.string(),
  count: z.number(),
  firstAt: z.number(),
});

/** A pod of the node as the API server has it. About the pod. */
export const podObject = z.object({
  type: z.literal('pod-object'),
  namespace: z.string(),
  name: z.string(),
  phase: z.string(),
  ready: z.boolean(),
  /** Reason of the pod's own status, such as `Evicted` or `NodeLost`; '' where none. */
  reason: z.string(),
  /** deletionTimestamp less the grace period, so when the deletion was asked for, Unix ms; null where it was not. */
  deletionRequestedAt: z.number().nullable(),
  gracePeriodSeconds: z.number().nullable(),
  /** DaemonSet, ReplicaSet, StatefulSet, Node (a static pod) ...; '' where nothing owns it. */
  ownerKind: z.string(),
  /** Containers that wait, and why: CrashLoopBackOff, ImagePullBackOff, ContainerCreating ... */
  waiting: z.array(z.object({ container: z.string(), reason: z.string(), message: z.string() })),
  restarts: z.number(),
});

/** How the other nodes of the cluster do: many that fail together speak for the control plane. About the node. */
export const peerNodes = z.object({
  type: z.literal('peer-nodes'),
  /** Without this node. */
  total: z.number(),
  notReady: z.number(),
  unknown: z.number(),
  /** Of those lost, how many turned within five minutes of this node's last turn. */
  lostTogether: z.number(),
});

/**
 * An attempt to reach the API server. About the kubelet component where the kubelet's own server address was used, else
 * about the node. An answer that refuses (401, 403) is an answer: the way there works.
 */
export const apiServer = z.object({
  type: z.literal('api-server'),
  /** `https://10.0.0.1:6443` */
  server: z.string(),
  askedWith: z.enum(['kubelet-kubeconfig', 'user-kubeconfig']),
  /** `rejected`: answers, but does not accept these credentials. `unhealthy`: /readyz or the call answers 5xx. */
  outcome: z.enum(['ok', 'rejected', 'unhealthy', 'refused', 'unreachable', 'timeout', 'tls-failed']),
  detail: z.string(),
  tookMs: z.number(),
  /** Its clock less ours, ms, known to a second and the time the call took; absent where it told no time. */
  clockAheadMs: z.number().optional(),
});

/** A certificate on disk or as served. About the kubelet component. Only its public part is ever read. */
export const certificate = z.object({
  type: z.literal('certificate'),
  role: z.enum(['kubelet-client', 'kubelet-serving', 'cluster-ca', 'api-server-serving']),
  /** A path, or where it was served. */
  where: z.string(),
  subject: z.string(),
  /** Unix ms. */
  notBefore: z.number(),
  notAfter: z.number(),
});
