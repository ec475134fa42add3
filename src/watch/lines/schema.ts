import { z } from 'zod';
import { SOURCES } from '../model/news.ts';

/** Rises when a field changes its meaning or goes. */
export const WATCH_SCHEMA_VERSION = 1;

const time = z.iso.datetime();
const seconds = z.number();
const status = z.enum(['True', 'False', 'Unknown']);
const recordState = z.enum(['running', 'exited', 'unknown', 'non-existent']);

const container = z.object({
  id: z.string(),
  /** `POD` for a sandbox. */
  name: z.string(),
  kind: z.enum(['sandbox', 'container']),
  pod: z.object({ uid: z.string(), name: z.string(), namespace: z.string() }),
});

const shim = z.object({
  pid: z.number(),
  /** As in /proc/PID/stat: `T` is stopped, `D` waits in the kernel. */
  state: z.string(),
  processes: z.number(),
  /** Of those, in state `D`. */
  inKernel: z.number(),
});

const forecast = z.object({
  /** Whose running relist. */
  by: z.enum(['kubelet', 'ours']),
  runningSince: time,
  /** Null where the relist is expected to end in time, or Ready is lost already. */
  notReadyAt: time.nullable(),
  withinSeconds: seconds.nullable(),
  relistEndsAt: time.nullable(),
  readyAgainAt: time.nullable(),
});

/** One line of `notready watch -o json`. */
export const watchLineSchema = z.discriminatedUnion('type', [
  /** The first line: what is watched. */
  z.object({
    type: z.literal('watching'),
    at: time,
    schemaVersion: z.literal(WATCH_SCHEMA_VERSION),
    tool: z.object({ name: z.string(), version: z.string() }),
    node: z.string().nullable(),
    runtime: z.object({ kind: z.enum(['docker', 'cri']), endpoint: z.string() }),
    kubelet: z.object({ pid: z.number(), requestTimeoutSeconds: seconds, statusEverySeconds: seconds }).nullable(),
    periodSeconds: seconds,
  }),
  /** Once a period. */
  z.object({
    type: z.literal('status'),
    at: time,
    pods: z.number(),
    containers: z.number(),
    hung: z.number(),
    ours: z.object({
      relistAgeSeconds: seconds.nullable(),
      relistSeconds: seconds.nullable(),
      listSeconds: seconds.nullable(),
      inspected: z.number(),
      ready: status,
    }),
    kubelet: z
      .object({
        version: z.string().nullable(),
        relistAgeSeconds: seconds.nullable(),
        relistMeanSeconds: seconds.nullable(),
      })
      .nullable(),
    apiServer: z
      .object({ ready: status, reason: z.string(), since: time.nullable(), heartbeatAt: time.nullable() })
      .nullable(),
  }),
  z.object({ type: z.literal('event'), at: time, event: z.string(), container }),
  z.object({ type: z.literal('hung'), at: time, container, since: time, from: recordState, to: recordState }),
  z.object({ type: z.literal('answers'), at: time, container, hungSeconds: seconds }),
  z.object({ type: z.literal('shim'), at: time, container, shim: shim.nullable() }),
  z.object({
    type: z.literal('pleg'),
    at: time,
    of: z.enum(['kubelet', 'ours']),
    healthy: z.boolean(),
    problem: z.string().nullable(),
  }),
  z.object({
    type: z.literal('ready'),
    at: time,
    of: z.enum(['api-server', 'ours']),
    status,
    reason: z.string(),
    message: z.string(),
  }),
  z.object({ type: z.literal('forecast'), at: time, forecast: forecast.nullable() }),
  z.object({
    type: z.literal('source'),
    at: time,
    source: z.enum(SOURCES),
    answers: z.boolean(),
    why: z.string().nullable(),
  }),
]);
export type WatchLine = z.infer<typeof watchLineSchema>;
