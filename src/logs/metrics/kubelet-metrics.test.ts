import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readKubeletMetrics } from './kubelet-metrics.ts';

// A kubelet of 1.26; the last relist was 9.6 s ago at NOW.
const SECONDS = `# HELP kubelet_pleg_discard_events [ALPHA] The number of discard events in PLEG.
# TYPE kubelet_pleg_discard_events counter
kubelet_pleg_discard_events 0
# HELP kubelet_pleg_last_seen_seconds [ALPHA] Timestamp in seconds when PLEG was last seen active.
# TYPE kubelet_pleg_last_seen_seconds gauge
kubelet_pleg_last_seen_seconds 1.673335884e+09
# HELP kubelet_pleg_relist_duration_seconds [ALPHA] Duration in seconds for relisting pods in PLEG.
# TYPE kubelet_pleg_relist_duration_seconds histogram
kubelet_pleg_relist_duration_seconds_bucket{le="0.005"} 3292
kubelet_pleg_relist_duration_seconds_bucket{le="5"} 3972
kubelet_pleg_relist_duration_seconds_bucket{le="10"} 3972
kubelet_pleg_relist_duration_seconds_bucket{le="+Inf"} 3975
kubelet_pleg_relist_duration_seconds_sum 31.45834718799997
kubelet_pleg_relist_duration_seconds_count 3975
kubelet_runtime_operations_duration_seconds_bucket{operation_type="status",le="+Inf"} 81
kubelet_runtime_operations_duration_seconds_sum{operation_type="status"} 0.03719242199999999
kubelet_runtime_operations_duration_seconds_count{operation_type="status"} 81
kubelet_runtime_operations_errors_total{operation_type="container_status"} 9
kubelet_runtime_operations_total{operation_type="container_status"} 20
kubelet_runtime_operations_total{operation_type="status"} 81
kubernetes_build_info{build_date="2025-06-17T07:06:13Z",compiler="gc",git_commit="ee85edb72c541ece9e0b2d7da54c0f442e9a1536",git_tree_state="clean",git_version="v1.31.2",go_version="go1.23.10",major="1",minor="31",platform="linux/arm64"} 1
`;
const NOW = 1_673_335_893_600;

test('a kubelet that counts seconds', () => {
  const { version, pleg, operations } = readKubeletMetrics(SECONDS, NOW);
  assert.equal(version, 'v1.31.2');
  assert.deepEqual(
    { ...pleg, relistMeanMs: pleg?.relistMeanMs?.toFixed(3) },
    {
      type: 'kubelet-pleg',
      lastSeenAgeMs: 9600,
      relistCount: 3975,
      relistMeanMs: '7.914',
      relistsOver10s: 3,
      discardedEvents: 0,
    },
  );
  assert.deepEqual(
    operations.map((o) => [o.operation, o.total, o.errors, o.meanMs?.toFixed(3) ?? null]),
    [
      ['container_status', 20, 9, null],
      ['status', 81, 0, '0.459'],
    ],
  );
});

// A kubelet of 1.9.2.
const MICROSECONDS = `kubelet_pleg_relist_interval_microseconds_sum 9.07461165724e+11
kubelet_pleg_relist_latency_microseconds{quantile="0.99"} 15997
kubelet_pleg_relist_latency_microseconds_sum 2.11960799e+09
kubelet_pleg_relist_latency_microseconds_count 905125
kubelet_runtime_operations{operation_type="container_status"} 358
kubelet_runtime_operations{operation_type="list_containers"} 1.680919e+06
kubelet_runtime_operations_errors{operation_type="container_status"} 8
kubelet_runtime_operations_latency_microseconds{operation_type="container_status",quantile="0.5"} NaN
kubelet_runtime_operations_latency_microseconds_sum{operation_type="container_status"} 1.069623e+06
kubelet_runtime_operations_latency_microseconds_count{operation_type="container_status"} 358
kubernetes_build_info{buildDate="2018-01-18T09:42:01Z",compiler="gc",gitCommit="5fa2db2bd46ac79e5e00a4e6ed24191080aa463b",gitTreeState="clean",gitVersion="v1.9.2",goVersion="go1.9.2",major="1",minor="9",platform="linux/amd64"} 1
`;

test('a kubelet before 1.14, which counts microseconds and has no last-seen gauge', () => {
  const { version, pleg, operations } = readKubeletMetrics(MICROSECONDS, NOW);
  assert.equal(version, 'v1.9.2');
  assert.deepEqual(
    { ...pleg, relistMeanMs: pleg?.relistMeanMs?.toFixed(3) },
    {
      type: 'kubelet-pleg',
      lastSeenAgeMs: null,
      relistCount: 905_125,
      relistMeanMs: '2.342',
      relistsOver10s: null,
      discardedEvents: null,
    },
  );
  assert.deepEqual(
    operations.map((o) => [o.operation, o.total, o.errors, o.meanMs?.toFixed(3) ?? null]),
    [
      ['container_status', 358, 8, '2.988'],
      ['list_containers', 1_680_919, 0, null],
    ],
  );
});

test('a gauge that was never set says that no relist has succeeded yet, not that one did in 1970', () => {
  assert.equal(readKubeletMetrics('kubelet_pleg_last_seen_seconds 0\n', NOW).pleg?.lastSeenAgeMs, null);
});

test('the metrics of something else are not those of a kubelet', () => {
  assert.deepEqual(readKubeletMetrics('go_goroutines 12\n', NOW), { version: null, pleg: null, operations: [] });
});
