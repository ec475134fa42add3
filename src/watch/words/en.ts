import type { RecordState } from '../../pleg/transitions.ts';
import type { SourceName } from '../model/news.ts';

const STATES: Readonly<Record<RecordState, string>> = {
  running: 'running',
  exited: 'exited',
  unknown: 'unknown',
  'non-existent': 'new',
};

const SHIM_STATES: Readonly<Record<string, string>> = {
  R: 'at work',
  S: 'sleeping',
  I: 'sleeping',
  D: 'waits in the kernel (D)',
  T: 'stopped (T)',
  t: 'stopped by a debugger (t)',
  Z: 'dead, not reaped (Z)',
};

const SOURCE_NAMES: Readonly<Record<SourceName, string>> = {
  runtime: 'container runtime',
  'kubelet-metrics': 'metrics of the kubelet',
  'api-server': 'API server',
  shims: 'process table',
};

/** What stays unseen without it. */
const WITHOUT: Readonly<Record<SourceName, string>> = {
  runtime: 'no relist succeeds',
  'kubelet-metrics': 'the age of its relist is not shown',
  'api-server': 'Ready as the cluster has it is not shown',
  shims: 'shims are not shown',
};

export const en = {
  watching: (endpoint: string, node: string | null) =>
    node === null ? `watching ${endpoint}` : `watching ${endpoint} of node ${node}`,
  noKubelet: 'no kubelet runs here',
  state: (state: RecordState) => STATES[state],
  sandbox: 'sandbox',

  labels: {
    event: 'event',
    hung: 'hung',
    answers: 'answers',
    shim: 'shim',
    pleg: 'PLEG',
    ready: 'Ready',
    forecast: 'forecast',
    source: 'source',
    watching: 'watching',
  },

  hung: (forTime: string, from: string, to: string) => `no status for ${forTime} (${from} → ${to})`,
  answers: (after: string) => `no longer hung after ${after}`,
  shim: (pid: number, state: string) => `shim ${pid} ${SHIM_STATES[state] ?? state}`,
  noShim: 'no shim',
  shimProcesses: (all: number, inKernel: number) =>
    inKernel === 0
      ? `${all} ${all === 1 ? 'process' : 'processes'} below`
      : `${inKernel} of ${all} processes wait in the kernel (D)`,
  plegHealthy: 'healthy',
  of: { kubelet: 'kubelet', ours: 'ours', 'api-server': 'API server' },
  ready: (status: string, reason: string, message: string) => `${status} ${reason}: ${message}`,

  lossUnless: (loss: string, since: string) =>
    `NotReady ${loss} unless the relist that runs since ${since} ends before`,
  lossThen: (loss: string, since: string, ends: string) =>
    `NotReady ${loss}: the relist that runs since ${since} should take until ${ends}`,
  lossLater: (loss: string) => `NotReady ${loss}, by the relist after this one`,
  endsInTime: (since: string, ends: string) => `Ready stays: the relist that runs since ${since} should end ${ends}`,
  lostUntil: (since: string, again: string) => `Ready again ${again}: the relist runs since ${since}`,
  lostOpen: (since: string) => `the relist runs since ${since}; no end in sight`,
  forecastOver: 'the relist ended',
  within: (seconds: number) => `±${seconds}s`,
  inTime: (time: string) => `in ${time}`,
  aboutAt: (clock: string) => `about ${clock}`,

  sourceMissing: (source: SourceName, why: string) => `${SOURCE_NAMES[source]}: ${why}; ${WITHOUT[source]}`,
  sourceBack: (source: SourceName) => `${SOURCE_NAMES[source]}: answers again`,
} as const;

/** Each language has the same words. */
export type WatchWords = Words<typeof en>;

type Words<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => string
    ? (...args: A) => string
    : T[K] extends string
      ? string
      : Words<T[K]>;
};
