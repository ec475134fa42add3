import type { State } from '../cause.ts';
import type { SymptomState } from '../slugs.ts';
import { containerUnkillable } from './container-unkillable.ts';
import { kubeletNotReporting } from './kubelet-not-reporting.ts';
import { listCallsHang } from './list-calls-hang.ts';
import { networkNotReady } from './network-not-ready.ts';
import { nodeNotReady } from './node-not-ready.ts';
import { plegUnhealthy } from './pleg-unhealthy.ts';
import { podStuckTerminating } from './pod-stuck-terminating.ts';
import { podsCannotStart } from './pods-cannot-start.ts';
import { relistSlow } from './relist-slow.ts';
import { runtimeCallsSlow } from './runtime-calls-slow.ts';
import { runtimeReportedDown } from './runtime-reported-down.ts';
import { statusCallsHang } from './status-calls-hang.ts';
import { threadsStuck } from './threads-stuck.ts';
import { zombieHeld } from './zombie-held.ts';

/** Every symptom state, from the process up to the node. */
export const SYMPTOMS: readonly State<SymptomState>[] = [
  threadsStuck,
  zombieHeld,
  containerUnkillable,
  podStuckTerminating,
  statusCallsHang,
  runtimeCallsSlow,
  listCallsHang,
  podsCannotStart,
  relistSlow,
  runtimeReportedDown,
  plegUnhealthy,
  networkNotReady,
  kubeletNotReporting,
  nodeNotReady,
];
