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
  const load = {
    pods,
    containersPerPod,
    changesPerMs: (CHANGES_PER_END * churnPerMinute) / MINUTE_MS,
    callMs: meanLatency(scenario.latency),
    hungMs: hungRelist(hung.pods, requestTimeoutMs, rules).laterMs,
  };
  const containers = (atPods: number | null) => (atPods === null ? null : atPods * containersPerPod);
  return {
    stuckPods: stuckPodsAtThreshold(requestTimeoutMs, rules),
    containers: containers(podsAtThreshold(load, rules)),
    containersAtStart: containers(podsAtThresholdAtStart(load.callMs, callsPerInspection(containersPerPod), rules)),
  };
}
