import type { Simulation } from '../../simulate/simulation.ts';
import { notReadyShares, oldestStamps } from '../../simulate/timeline.ts';
import type { Tool } from '../json.ts';

/** Rises when a field changes its meaning or goes. */
const SCHEMA_VERSION = 1;
/** Points of the timeline: enough for a curve, and the same whatever the time simulated. */
const POINTS = 120;

/** A simulation for programs. Times are seconds since the fault began, to the millisecond. */
export function simulationJson(result: Simulation, tool: Tool): object {
  const { scenario, relists, ready, losses, remediator, limits } = result;
  const { kubelet, hung, latency, durationMs } = scenario;
  return {
    schemaVersion: SCHEMA_VERSION,
    tool: { name: tool.name, version: tool.version },
    scenario: {
      pods: scenario.pods,
      containersPerPod: scenario.containersPerPod,
      churnPerMinute: scenario.churnPerMinute,
      latency: { p50Ms: latency.p50Ms, p99Ms: latency.p99Ms },
      hung: { containers: hung.containers, pods: hung.pods },
      requestTimeoutSeconds: seconds(scenario.requestTimeoutMs),
      kubelet: { version: kubelet.version, era: kubelet.era.name },
      durationSeconds: seconds(durationMs),
      seed: scenario.seed,
    },
    ready: ready.map(({ at, status }) => ({ atSeconds: seconds(at), status })),
    losses: {
      count: losses.count,
      firstAtSeconds: secondsOrNull(losses.firstAt),
      periodSeconds: secondsOrNull(losses.periodMs),
      notReadySeconds: secondsOrNull(losses.notReadyMs),
      readySeconds: secondsOrNull(losses.readyMs),
      longestSeconds: secondsOrNull(losses.longestMs),
      notReadyShare: losses.notReadyShare,
    },
    relists: {
      count: relists.count,
      medianSeconds: secondsOrNull(relists.medianMs),
      p99Seconds: secondsOrNull(relists.p99Ms),
      longestSeconds: secondsOrNull(relists.longestMs),
      timedOutCalls: relists.timedOutCalls,
    },
    remediator: { waitsSeconds: seconds(remediator.waitsMs), actsAtSeconds: secondsOrNull(remediator.actsAt) },
    limits: {
      thresholdSeconds: seconds(kubelet.era.relist.thresholdMs),
      hungAlone: limits.hungAlone && {
        periodSeconds: seconds(limits.hungAlone.periodMs),
        notReadySeconds: seconds(limits.hungAlone.notReadyMs),
      },
      stuckPods: limits.stuckPods,
      containers: limits.containers,
      containersAtStart: limits.containersAtStart,
    },
    timeline: {
      everySeconds: seconds(durationMs / POINTS),
      oldestRelistSeconds: oldestStamps(relists.stamps, durationMs, POINTS).map(seconds),
      notReadyShare: notReadyShares(ready, durationMs, POINTS).map((share) => Math.round(share * 1000) / 1000),
    },
  };
}

function seconds(ms: number): number {
  return Math.round(ms) / 1000;
}

function secondsOrNull(ms: number | null): number | null {
  return ms === null ? null : seconds(ms);
}
