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
  watching: (endpoint: string, node: string | null) => (node === null ? endpoint : `${endpoint} of node ${node}`),
  state: (state: RecordState) => STATES[state],
  sandbox: 'sandbox',
  marks: { comma: ', ', semicolon: '; ', colon: ': ' },

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

  hung: (forTime: string, state: string) => `no status for ${forTime} (${state})`,
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
  lostUntil: (since: string, again: string) =>
    `NotReady; Ready again ${again}, when the relist that runs since ${since} should end`,
  lostOpen: (since: string) => `NotReady; the relist runs since ${since}, no end in sight`,
  forecastOver: 'the relist ended',
  inTime: (time: string, within: number | null) => `in ${time}${within === null ? '' : ` (±${within}s)`}`,
  aboutAt: (clock: string) => `about ${clock}`,

  title: 'notready watch',
  paused: 'paused',
  firstLook: 'first look …',
  well: 'Relists run; nothing hangs.',
  hangs: (n: number) =>
    `${n} ${n === 1 ? 'container hangs' : 'containers hang'}; Ready stays until the kubelet must ask for ${n === 1 ? 'it' : 'them'}.`,
  hangsLoses: (n: number, takes: string, threshold: string) =>
    `${n} ${n === 1 ? 'container hangs' : 'containers hang'}: each relist of a current kubelet takes ${takes}, more than ${threshold}; NotReady will come and go.`,
  hangsSilently: (n: number, takes: string) =>
    `${n} ${n === 1 ? 'container hangs' : 'containers hang'}: each relist of a current kubelet takes ${takes}. Ready does not show it, but the kubelet notices changes that much later; up to 1.32 it asks twice.`,
  notReady: (status: string, reason: string, message: string) => `Ready is ${status}: ${reason}: ${message}`,
  groups: { pleg: 'PLEG', ready: 'Ready', relist: 'Relist' },
  ageOf: (age: string, threshold: string) => `${age} of ${threshold}`,
  noRelistYet: 'no relist yet',
  notSeen: (why: string) => `not seen: ${why}`,
  notAsked: 'not asked yet',
  sinceAgo: (clock: string, ago: string) => `since ${clock} (${ago})`,
  heartbeatAgo: (ago: string) => `heartbeat ${ago} ago`,
  relistNow: (took: string, list: string, inspected: number) => `${took}, list ${list}, ${inspected} inspected`,
  listFails: 'the list fails',
  listPending: (age: string) => `the list is not answered for ${age}`,
  lists: (median: string, p99: string) => `lists: median ${median}, 99 % ${p99}`,
  onAverage: (mean: string) => `${mean} on average lately`,
  onAverageEver: (mean: string) => `${mean} on average since it started`,
  chart: (span: string) => `Our relists, last ${span}`,
  containers: (hung: number, containers: number, pods: number) =>
    `Containers: ${hung} hung, ${containers} in ${pods} ${pods === 1 ? 'pod' : 'pods'}`,
  slowest: 'slowest below',
  noneSlow: 'none has been inspected yet',
  rowHung: (time: string) => `hung ${time}`,
  rowSlow: (took: string, clock: string) => `${took} at ${clock}`,
  transition: (from: string, to: string) => `${from} → ${to}`,
  events: 'Events',
  noEvents: 'none yet',
  detail: {
    pod: 'Pod',
    uid: 'UID',
    container: 'Container',
    id: 'ID',
    status: 'Status',
    change: 'Kept back',
    state: 'State',
    failure: 'Last answer',
    shim: 'Shim',
    events: 'Events',
  },
  detailHung: (time: string, clock: string) => `not answered for ${time}, since ${clock}`,
  detailSlow: (took: string, clock: string) => `answered within ${took} at ${clock}`,
  stillAsked: 'none yet',
  helpLines: [
    ['q', 'quit'],
    ['space', 'pause and go on; what happens meanwhile is kept'],
    ['↑ ↓ k j', 'choose a container'],
    ['Enter', 'its detail; Esc goes back'],
    ['?', 'this help'],
  ],
  helpText: [
    'PLEG age: time since the last relist began. Past the limit the kubelet reports NotReady.',
    'ours: what a kubelet would see that no container can stop. The kubelet asks one container after the other and waits for each.',
    'All times of the clock are UTC.',
  ],
  keys: {
    quit: 'q quit',
    pause: 'space pause',
    goOn: 'space go on',
    choose: '↑↓ choose',
    detail: 'Enter detail',
    back: 'Esc back',
    help: '? help',
  },

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
      : T[K] extends readonly (infer Item)[]
        ? readonly (Item extends string ? string : readonly string[])[]
        : Words<T[K]>;
};
