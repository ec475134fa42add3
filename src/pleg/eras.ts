import type { Era } from './era.ts';

// The source of each fact, and what could not be read, stands in docs/pleg.md.

const UP_TO_1_6: Era = {
  name: '1.6 and before',
  since: 0,
  relist: { periodMs: 1000, thresholdMs: 180_000, inspections: 2, stampNeedsList: false },
  channel: { capacity: 1000, whenFull: 'block' },
  messages: {
    saysNeverSuccessful: false,
    runtimeUnchecked: 'container runtime is down',
    joins: 'comma',
    networkNotReady: 'runtime network not ready',
    runtimeNotReady: 'Container runtime not ready',
    skipLine: 'list',
  },
  runtimeThresholdMs: 30_000,
  heartbeat: { lease: false, updateMs: 10_000, reportMs: 10_000 },
  gracePeriodMs: 40_000,
  evented: false,
};

const SINCE_1_7: Era = {
  ...UP_TO_1_6,
  name: '1.7 to 1.12',
  since: 7,
  relist: { ...UP_TO_1_6.relist, stampNeedsList: true },
};

const SINCE_1_13: Era = {
  ...SINCE_1_7,
  name: '1.13',
  since: 13,
  messages: {
    ...SINCE_1_7.messages,
    saysNeverSuccessful: true,
    runtimeUnchecked: 'container runtime status check may not have completed yet',
  },
};

const SINCE_1_14: Era = {
  ...SINCE_1_13,
  name: '1.14 to 1.20',
  since: 14,
  channel: { ...SINCE_1_13.channel, whenFull: 'discard' },
  messages: { ...SINCE_1_13.messages, joins: 'aggregate', skipLine: 'text' },
  heartbeat: { lease: true, updateMs: 10_000, reportMs: 300_000 },
};

const SINCE_1_21: Era = {
  ...SINCE_1_14,
  name: '1.21 to 1.25',
  since: 21,
  messages: {
    ...SINCE_1_14.messages,
    networkNotReady: 'container runtime network not ready',
    runtimeNotReady: 'container runtime not ready',
    skipLine: 'structured',
  },
};

const SINCE_1_26: Era = { ...SINCE_1_21, name: '1.26 to 1.31', since: 26, evented: true };

const SINCE_1_32: Era = { ...SINCE_1_26, name: '1.32', since: 32, gracePeriodMs: 50_000 };

const SINCE_1_33: Era = {
  ...SINCE_1_32,
  name: '1.33 and later',
  since: 33,
  relist: { ...SINCE_1_32.relist, inspections: 1 },
};

/** Oldest first. */
export const ERAS: readonly Era[] = [
  UP_TO_1_6,
  SINCE_1_7,
  SINCE_1_13,
  SINCE_1_14,
  SINCE_1_21,
  SINCE_1_26,
  SINCE_1_32,
  SINCE_1_33,
];

/** The newest era we know of. */
export const CURRENT_ERA: Era = SINCE_1_33;

/** The era of Kubernetes 1.`minor`. */
export function eraOf(minor: number): Era {
  return ERAS.findLast((era) => era.since <= minor) ?? UP_TO_1_6;
}
