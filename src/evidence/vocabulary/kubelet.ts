import { z } from 'zod';

/** GET /healthz on the kubelet's health port (10248). About the kubelet component. */
export const kubeletHealthz = z.object({
  type: z.literal('kubelet-healthz'),
  endpoint: z.string(),
  outcome: z.enum(['ok', 'unhealthy', 'error', 'timeout']),
  body: z.string(),
  tookMs: z.number(),
});

/** What /metrics says of the PLEG. Source: pkg/kubelet/metrics/metrics.go. */
export const kubeletPleg = z.object({
  type: z.literal('kubelet-pleg'),
  /** now - kubelet_pleg_last_seen_seconds; null before 1.18. It goes on growing while a relist hangs, the histograms do not. */
  lastSeenAgeMs: z.number().nullable(),
  relistCount: z.number().nullable(),
  relistMeanMs: z.number().nullable(),
  /** Relists longer than the histogram's last finite bucket (10 s). */
  relistsOver10s: z.number().nullable(),
  discardedEvents: z.number().nullable(),
});

/** kubelet_runtime_operations_*. */
export const kubeletOperation = z.object({
  type: z.literal('kubelet-operation'),
  operation: z.string(),
  total: z.number(),
  errors: z.number(),
  meanMs: z.number().nullable(),
});

/** The kubelet's version and settings that bear on PLEG, from its metrics or arguments. */
export const kubeletFacts = z.object({
  type: z.literal('kubelet-facts'),
  version: z.string().nullable(),
  runtimeEndpoint: z.string().nullable(),
  runtimeRequestTimeoutMs: z.number().nullable(),
  /** nodeStatusUpdateFrequency. Absent in case files of before. */
  nodeStatusUpdateMs: z.number().nullable().optional(),
  rootDir: z.string().nullable(),
});

/** Ready as the node object or the kubelet's log last said it. About the node. */
export const nodeReady = z.object({
  type: z.literal('node-ready'),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  message: z.string(),
  /** lastTransitionTime, or the time of the log line; Unix ms. */
  since: z.number().nullable(),
  /** Who said so: the node object, or the kubelet's log. Absent in case files of before. */
  by: z.enum(['node-object', 'kubelet-log']).optional(),
  /** lastHeartbeatTime, Unix ms: the kubelet's own tick. */
  heartbeatAt: z.number().nullable().optional(),
});
