import type { FactOf } from '../../evidence/observation.ts';
import { parsePrometheus, type Sample } from './prometheus.ts';

/** What a kubelet's /metrics says that bears on the PLEG. */
export interface KubeletMetrics {
  /** `v1.20.2`; null where the series is missing. */
  readonly version: string | null;
  /** Null where there is no PLEG series at all, so that this is hardly a kubelet. */
  readonly pleg: FactOf<'kubelet-pleg'> | null;
  readonly operations: readonly FactOf<'kubelet-operation'>[];
}

/**
 * Reads the series that bear on the PLEG, in seconds as since 1.14 or in microseconds as before. Where a kubelet has
 * both (1.14 to 1.16), seconds win.
 * Source: pkg/kubelet/metrics/metrics.go of v1.13, v1.20 and v1.33; component-base/metrics for kubernetes_build_info.
 * @param now Unix ms at which the text was read
 */
export function readKubeletMetrics(text: string, now: number): KubeletMetrics {
  const samples = parsePrometheus(
    text,
    (name) =>
      name.startsWith('kubelet_pleg_') ||
      name.startsWith('kubelet_runtime_operations') ||
      name === 'kubernetes_build_info',
  );
  return { version: versionOf(samples), pleg: plegOf(samples, now), operations: operationsOf(samples) };
}

function versionOf(samples: readonly Sample[]): string | null {
  const labels = samples.find((s) => s.name === 'kubernetes_build_info')?.labels;
  // `gitVersion` until 1.18, `git_version` since.
  return labels?.git_version ?? labels?.gitVersion ?? null;
}

function plegOf(samples: readonly Sample[], now: number): FactOf<'kubelet-pleg'> | null {
  if (!samples.some((s) => s.name.startsWith('kubelet_pleg_'))) return null;
  const lastSeen = sampleValue(samples, 'kubelet_pleg_last_seen_seconds');
  const relist = timesOf(samples, {
    seconds: 'kubelet_pleg_relist_duration_seconds',
    microseconds: 'kubelet_pleg_relist_latency_microseconds',
  });
  const within10s = sampleValue(samples, 'kubelet_pleg_relist_duration_seconds_bucket', { le: '10' });
  return {
    type: 'kubelet-pleg',
    // A gauge that was never set reads 0: no relist has succeeded yet.
    lastSeenAgeMs: lastSeen === null || lastSeen === 0 ? null : Math.max(0, now - lastSeen * 1000),
    relistCount: relist.count,
    relistMeanMs: relist.meanMs,
    relistsOver10s: relist.count === null || within10s === null ? null : relist.count - within10s,
    discardedEvents: sampleValue(samples, 'kubelet_pleg_discard_events'),
  };
}

function operationsOf(samples: readonly Sample[]): FactOf<'kubelet-operation'>[] {
  const since114 = samples.some((s) => s.name === 'kubelet_runtime_operations_total');
  const totals = since114 ? 'kubelet_runtime_operations_total' : 'kubelet_runtime_operations';
  const errors = since114 ? 'kubelet_runtime_operations_errors_total' : 'kubelet_runtime_operations_errors';
  return samples
    .filter((s) => s.name === totals && s.labels.operation_type !== undefined)
    .map((s): FactOf<'kubelet-operation'> => {
      const labels = { operation_type: s.labels.operation_type ?? '' };
      const times = timesOf(
        samples,
        {
          seconds: 'kubelet_runtime_operations_duration_seconds',
          microseconds: 'kubelet_runtime_operations_latency_microseconds',
        },
        labels,
      );
      return {
        type: 'kubelet-operation',
        operation: labels.operation_type,
        total: s.value,
        // A counter with labels appears with its first error.
        errors: sampleValue(samples, errors, labels) ?? 0,
        meanMs: times.meanMs,
      };
    });
}

/** Count and mean of a histogram (seconds) or of the summary (microseconds) that it replaced. */
function timesOf(
  samples: readonly Sample[],
  names: { seconds: string; microseconds: string },
  labels: Readonly<Record<string, string>> = {},
): { count: number | null; meanMs: number | null } {
  const inSeconds = sampleValue(samples, `${names.seconds}_count`, labels);
  const base = inSeconds === null ? names.microseconds : names.seconds;
  const count = inSeconds ?? sampleValue(samples, `${base}_count`, labels);
  const sum = sampleValue(samples, `${base}_sum`, labels);
  const ms = inSeconds === null ? 1e-3 : 1e3;
  return { count, meanMs: count === null || count === 0 || sum === null ? null : (sum * ms) / count };
}

function sampleValue(
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | null {
  const wanted = Object.entries(labels);
  const found = samples.find((s) => s.name === name && wanted.every(([key, value]) => s.labels[key] === value));
  return found && Number.isFinite(found.value) ? found.value : null;
}
