import { flapPattern } from '../pleg/arithmetic/flap-pattern.ts';
import { hungRelist, stuckPodsAtThreshold } from '../pleg/arithmetic/hung-calls.ts';
import { callsPerInspection, podsAtThreshold, podsAtThresholdAtStart } from '../pleg/arithmetic/relist-load.ts';
import { meanLatency } from './latency.ts';
import type { Scenario } from './scenario.ts';
import type { Limits } from './simulation.ts';

const MINUTE_MS = 60_000;
/** A container that ends changes its pod, and so does its start, that a relist has to lie between. */
const CHANGES_PER_END = 2;

/** Where the node of a scenario would turn, by the arithmetic of relists. */
export function limitsOf(scenario: Scenario): Limits {
  const { pods, containersPerPod, churnPerMinute, requestTimeoutMs, hung } = scenario;
  const rules = scenario.kubelet.era.relist;
  const hungMs = hungRelist(hung.pods, requestTimeoutMs, rules).laterMs;
  const pattern = flapPattern(hungMs, rules, { tickMs: scenario.kubelet.era.heartbeat.updateMs, resolutionMs: 0 });
  const load = {
    pods,
    containersPerPod,
    changesPerMs: (CHANGES_PER_END * churnPerMinute) / MINUTE_MS,
    callMs: meanLatency(scenario.latency),
    hungMs,
  };
  const containers = (atPods: number | null) => (atPods === null ? null : atPods * containersPerPod);
  return {
    hungAlone: pattern && { periodMs: pattern.periodMs.likely, notReadyMs: pattern.notReadyMs.likely },
    stuckPods: stuckPodsAtThreshold(requestTimeoutMs, rules),
    containers: containers(podsAtThreshold(load, rules)),
    containersAtStart: containers(podsAtThresholdAtStart(load.callMs, callsPerInspection(containersPerPod), rules)),
  };
}
