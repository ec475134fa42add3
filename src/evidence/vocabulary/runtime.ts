import { z } from 'zod';

/** A runtime endpoint that was found, whether it answers or not. About an engine. */
export const engine = z.object({
  type: z.literal('engine'),
  kind: z.enum(['docker', 'cri', 'containerd']),
  endpoint: z.string(),
  /** How it was found: `flag`, `DOCKER_HOST`, `CONTAINER_RUNTIME_ENDPOINT`, `well-known`, `listening`. */
  foundBy: z.string(),
  /** What its version call said; null: it did not answer. */
  name: z.string().nullable(),
  version: z.string().nullable(),
  apiVersion: z.string().nullable(),
  rootDir: z.string().nullable(),
  cgroupDriver: z.string().nullable(),
  liveRestore: z.boolean().nullable(),
});

/**
 * One call to a runtime and how long it took. About the engine, and the container where it has one.
 * `call` uses one word per meaning over all APIs: version · info · list (containers) · list-sandboxes ·
 * status (one container or sandbox) · tasks.
 */
export const call = z.object({
  type: z.literal('call'),
  call: z.enum(['connect', 'version', 'info', 'list', 'list-sandboxes', 'status', 'tasks']),
  outcome: z.enum(['ok', 'error', 'timeout']),
  tookMs: z.number(),
  /** The deadline it was given; the kubelet waits 2 minutes by default (--runtime-request-timeout). */
  deadlineMs: z.number(),
  /** `ECONNREFUSED`, `ENOENT`, `DEADLINE_EXCEEDED`, `404` ...; null where it answered. */
  errorCode: z.string().nullable(),
  error: z.string().nullable(),
});

/** A container or pod sandbox as the runtime lists it, with what its status adds where that answered. */
export const container = z.object({
  type: z.literal('container'),
  id: z.string(),
  name: z.string(),
  image: z.string(),
  isSandbox: z.boolean(),
  state: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead', 'unknown']),
  /** Host pid of its init; null where not known or not running. */
  pid: z.number().nullable(),
  /** Unix ms. */
  createdAt: z.number().nullable(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  exitCode: z.number().nullable(),
  /** Restarts by the runtime itself, or Kubernetes' attempt number. */
  restarts: z.number().nullable(),
  /** Ended and started again at least 3 times in the last 10 minutes, or as many attempts are listed for one pod and name. */
  crashLooping: z.boolean(),
  oomKilled: z.boolean().nullable(),
  /** Why it could not be started or removed, in the runtime's words (State.Error of Docker); absent where it tells none. */
  error: z.string().optional(),
  /** From dockershim names `k8s_NAME_POD_NAMESPACE_UID_ATTEMPT` or io.kubernetes.* labels. */
  kubernetes: z
    .object({
      namespace: z.string(),
      pod: z.string(),
      podUid: z.string(),
      container: z.string(),
      attempt: z.number().nullable(),
    })
    .nullable(),
  sandboxId: z.string().nullable(),
  /** A container whose pod sandbox the runtime does not list any more. */
  sandboxGone: z.boolean(),
});

/** CRI status condition: RuntimeReady, NetworkReady. About an engine. */
export const runtimeCondition = z.object({
  type: z.literal('runtime-condition'),
  condition: z.string(),
  status: z.boolean(),
  reason: z.string(),
  message: z.string(),
});

/** How many containers an engine has, by state. About an engine. */
export const containerCounts = z.object({
  type: z.literal('container-counts'),
  total: z.number(),
  byState: z.record(z.string(), z.number()),
  pods: z.number(),
});

/** containerd's record of a task, in its own words: CREATED RUNNING STOPPED PAUSED PAUSING UNKNOWN. About a container. */
export const task = z.object({
  type: z.literal('task'),
  namespace: z.string(),
  containerId: z.string(),
  pid: z.number(),
  status: z.string(),
});
