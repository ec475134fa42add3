import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { liveClock } from '../formats/dates.ts';
import { parseLogLine } from '../formats/log-line.ts';
import { LOG_SIGNATURES, matchLogLine as match } from './match.ts';

const CLOCK = liveClock(Date.UTC(2026, 10, 24));

/** What a line means, without its text. */
function matchLogLine(text: string) {
  return match(parseLogLine(text, CLOCK)).map(({ signal, containerId, ageMs }) => ({ signal, containerId, ageMs }));
}

const ID = 'bdf4dc0af526a317e248c994719eabb233a9db337d535351a277b1b324cf5fec';

function meanings(text: string): string[] {
  return matchLogLine(text).map((m) => m.signal);
}

test('PLEG is not healthy, in every form that kubelets have given it', () => {
  const eras: [string, number | null][] = [
    [
      'I0220 14:23:09.120100    3694 kubelet.go:1775] skipping pod synchronization - [PLEG is not healthy: pleg was last seen active 4h19m47.369998188s ago; threshold is 3m0s]',
      15_587_370,
    ],
    [
      'E1008 16:23:14.139967    1636 kubelet.go:1846] skipping pod synchronization - PLEG is not healthy: pleg was last seen active 4m51.763621609s ago; threshold is 3m0s',
      291_764,
    ],
    [
      'E0413 10:53:52.844381    3263 kubelet.go:2055] "Skipping pod synchronization" err="PLEG is not healthy: pleg was last seen active 2h33m12.704970756s ago; threshold is 3m0s"',
      9_192_705,
    ],
    [
      '{"ts":1753141980841.7654,"caller":"kubelet/kubelet.go:2406","msg":"Skipping pod synchronization","err":"PLEG is not healthy: pleg was last seen active 3m5.3s ago; threshold is 3m0s"}',
      185_300,
    ],
    [
      'E0101 00:00:00.000000       1 kubelet.go:1820] skipping pod synchronization - [PLEG is not healthy: pleg was last seen active 2562047h47m16.854775807s ago; threshold is 3m0s]',
      null,
    ],
  ];
  for (const [text, ageMs] of eras) {
    const [match, ...more] = matchLogLine(text);
    assert.equal(more.length, 0);
    assert.equal(match?.signal, 'pleg-unhealthy', text);
    assert.equal(match?.ageMs, ageMs, text);
  }
});

test('one line can mean two things', () => {
  const line =
    'I0220 14:23:09.1 3694 kubelet.go:1775] skipping pod synchronization - [container runtime is down PLEG is not healthy: pleg was last seen active 3m5s ago; threshold is 3m0s]';
  assert.deepEqual(meanings(line).sort(), ['pleg-unhealthy', 'runtime-down']);
});

test('a PLEG that was never seen active has no age', () => {
  const line =
    'E0118 10:19:44.767958  197889 kubelet.go:1877] "Skipping pod synchronization" err="[container runtime status check may not have completed yet, PLEG is not healthy: pleg has yet to be successful]"';
  assert.deepEqual(matchLogLine(line), [{ signal: 'pleg-unhealthy', containerId: null, ageMs: null }]);
});

test('a status call that timed out names its container', () => {
  const lines = [
    `E0703 20:03:25.881543 1946644 remote_runtime.go:295] ContainerStatus "${ID}" from runtime service failed: rpc error: code = DeadlineExceeded desc = context deadline exceeded`,
    `E1120 06:50:36.124178    3828 remote_runtime.go:366] "ContainerStatus from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded" containerID="${ID}"`,
    `{"ts":1753141980841.7,"caller":"log/log.go:32","msg":"ContainerStatus from runtime service failed","containerID":"${ID}","err":"rpc error: code = DeadlineExceeded desc = context deadline exceeded"}`,
    `E0907 21:48:13.187571    2199 remote_runtime.go:326] "StartContainer from runtime service failed" err="rpc error: code = Unknown desc = failed to get container \\"${ID}\\" log path: failed to inspect container \\"${ID}\\": operation timeout: context deadline exceeded" containerID="${ID}"`,
  ];
  for (const line of lines) {
    assert.deepEqual(matchLogLine(line), [{ signal: 'runtime-call-timeout', containerId: ID, ageMs: null }], line);
  }
});

test('a container that is merely gone, and an exec probe that is too slow, are no timeouts of the runtime', () => {
  const harmless = [
    `E0827 22:25:46.506292  130280 log.go:32] "ContainerStatus from runtime service failed" err="rpc error: code = NotFound desc = an error occurred when try to find container \\"${ID}\\": not found" containerID="${ID}"`,
    `E0827 22:25:46.506292  130280 remote_runtime.go:496] "ExecSync cmd from runtime service failed" err="rpc error: code = DeadlineExceeded desc = failed to exec in container: timeout 1s exceeded: context deadline exceeded" containerID="${ID}" cmd=["cat","/ready"]`,
    `time="2021-09-25T10:00:00Z" level=info msg="Container failed to exit within 10s of signal 15 - using the force" container=${ID}`,
    'I0903 10:07:19.008233    1187 kubelet_node_status.go:497] "Recording event message for node" node="node-08" event="NodeHasNoDiskPressure"',
  ];
  for (const line of harmless) assert.deepEqual(matchLogLine(line), [], line);
});

test('a registry with an expired certificate is trouble with images, not with the kubelet’s certificate', () => {
  const line =
    'E1111 10:00:00.000000    1187 kuberuntime_image.go:55] "Failed to pull image" err="Get \\"https://r/v2/\\": x509: certificate has expired or is not yet valid" image="r/a:1"';
  assert.deepEqual(meanings(line), ['image-pull-failed']);
});

test('kills that fail, in the words of kubelet, dockerd and containerd', () => {
  const lines: [string, string][] = [
    [
      `E1008 16:42:14.282939    1636 kuberuntime_container.go:652] Container "containerd://${ID}" termination failed with gracePeriod 30: rpc error: code = DeadlineExceeded desc = context deadline exceeded`,
      ID,
    ],
    [
      `E1120 06:50:36.124253    3828 kuberuntime_container.go:822] "Kill container failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded" pod="hbt/x" podUID="1db2521d-ce5b-4cf9-94c8-b6cdf7450e4c" containerName="x-test" containerID={"Type":"containerd","ID":"${ID}"}`,
      ID,
    ],
    [
      'time="2026-11-24T06:00:00Z" level=error msg="Handler for POST /v1.41/containers/8ca9/stop returned error: cannot stop container: 8ca9: container 8ca961fa0d0b PID 23760 is zombie and can not be killed. Use the --init option when creating containers to run an init inside the container that forwards signals and reaps processes"',
      '8ca961fa0d0b',
    ],
    [
      `time="2024-08-07T19:07:50.950859134+08:00" level=error msg="StopContainer for \\"${ID}\\" failed" error="rpc error: code = DeadlineExceeded desc = an error occurs during waiting for container \\"${ID}\\" to be killed: wait container \\"${ID}\\": context deadline exceeded"`,
      ID,
    ],
  ];
  for (const [line, containerId] of lines) {
    const match = matchLogLine(line).find((m) => m.signal === 'container-kill-failed');
    assert.equal(match?.containerId, containerId, line);
  }
});

test('a node that became not ready, and why', () => {
  const lines = [
    'I0703 20:02:28.966300 1946644 setters.go:559] Node became not ready: {Type:Ready Status:False LastHeartbeatTime:2023-07-03 20:02:28.966255129 +0800 CST m=+7095087.092396567 LastTransitionTime:2023-07-03 20:02:28.966255129 +0800 CST m=+7095087.092396567 Reason:KubeletNotReady Message:PLEG is not healthy: pleg was last seen active 3m3.111515826s ago; threshold is 3m0s}',
    'I0907 21:49:17.171114    2199 setters.go:548] "Node became not ready" node="minikube" condition={Type:Ready Status:False LastHeartbeatTime:2023-09-07 21:49:17.170974959 +0000 UTC m=+1962.581166852 LastTransitionTime:2023-09-07 21:49:17.170974959 +0000 UTC m=+1962.581166852 Reason:KubeletNotReady Message:PLEG is not healthy: pleg was last seen active 3m3.111515826s ago; threshold is 3m0s}',
  ];
  for (const line of lines) {
    assert.deepEqual(matchLogLine(line), [{ signal: 'node-became-not-ready', containerId: null, ageMs: 183_112 }]);
  }
});

test('the other signals', () => {
  const lines: [string, string][] = [
    [
      'E0101 1:1:1.1 7 generic.go:205] GenericPLEG: Unable to retrieve pods: rpc error: code = DeadlineExceeded',
      'relist-failed',
    ],
    [
      'E0101 1:1:1.1 7 generic.go:335] "Event channel is full, discard this relist() cycle event"',
      'event-channel-full',
    ],
    [
      'E0405 20:10:50.759653    1825 kubelet.go:3115] "Container runtime sanity check failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"',
      'runtime-down',
    ],
    [
      'E0608 10:38:07.217027     793 kubelet.go:2646] "Skipping pod synchronization" err="container runtime is down"',
      'runtime-down',
    ],
    [
      'E0923 19:22:45.575181   20183 kubelet.go:2874] "Container runtime network not ready" networkReady="NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized"',
      'network-not-ready',
    ],
    [
      'I0505 13:59:56.872880    2858 kubelet_node_status.go:379] Recording NodeNotReady event message for node ip-10-50-20-208.ec2.internal',
      'node-became-not-ready',
    ],
    [
      'I0903 10:07:19.008233    1187 kubelet_node_status.go:497] "Recording event message for node" node="node-08" event="NodeReady"',
      'node-became-ready',
    ],
    [
      'I0613 01:11:39.122310    2573 kubelet_node_status.go:497] "Fast updating node status as it just became ready"',
      'node-became-ready',
    ],
    ['I0703 20:10:48.289245  465378 kubelet.go:1855] Starting kubelet main sync loop.', 'kubelet-started'],
    [
      'E0118 17:33:58.888700 1457370 bootstrap.go:265] part of the existing bootstrap client certificate is expired: 2020-12-06 18:55:55 +0000 UTC',
      'certificate-expired',
    ],
    [
      'E1111 00:15:53.851634   66610 transport.go:113] The currently active client certificate has expired, but the server is not responsive. A restart may be necessary to retrieve new initial credentials.',
      'certificate-expired',
    ],
    [`time="2024-04-01T00:32:23.141970662Z" level=info msg="shim disconnected" id=${ID}`, 'shim-disconnected'],
  ];
  for (const [line, signal] of lines) assert.deepEqual(meanings(line), [signal], line);
});

test('a kubelet that cannot reach its API server, or is not let in', () => {
  const lines: [string, string][] = [
    [
      'E1025 06:25:55.567008    4555 controller.go:136] failed to ensure node lease exists, will retry in 800ms, error: Get "https://cp.internal:8443/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/n?timeout=10s": dial tcp 192.168.99.103:8443: connect: connection refused',
      'api-server-unreachable',
    ],
    [
      'E0106 08:40:08.885824  275376 controller.go:144] failed to ensure lease exists, will retry in 200ms, error: Get "https://127.0.0.1:6443/apis/coordination.k8s.io": dial tcp 127.0.0.1:6443: connect: connection refused',
      'api-server-unreachable',
    ],
    [
      'E0819 17:30:23.156522    2478 controller.go:195] "Failed to update lease" err="Put \\"https://api-int:6443/apis\\": dial tcp 10.0.54.68:6443: i/o timeout"',
      'api-server-unreachable',
    ],
    [
      'E0602 22:27:13.216042 1075113 kubelet_node_status.go:544] "Error updating node status, will retry" err="error getting node \\"n\\": Get \\"https://10.0.0.1:6443/api/v1/nodes/n\\": dial tcp 10.0.0.1:6443: connect: no route to host"',
      'api-server-unreachable',
    ],
    [
      'E0602 22:27:13.216042 1075113 kubelet_node_status.go:447] Error updating node status, will retry: error getting node "n": Unauthorized',
      'api-server-unauthorized',
    ],
  ];
  for (const [line, signal] of lines) assert.deepEqual(meanings(line), [signal], line);
});

test('a CNI plugin that fails or takes too long', () => {
  const lines = [
    'E0725 15:40:46.976012   61508 remote_runtime.go:115] RunPodSandbox from runtime service failed: rpc error: code = Unknown desc = networkPlugin cni failed to teardown pod "kube-dns-cpk6g_kube-system" network: context deadline exceeded',
    `E0725 15:40:46.9 615 kuberuntime_sandbox.go:68] "Failed to create sandbox for pod" err="rpc error: code = Unknown desc = failed to setup network for sandbox \\"${ID}\\": plugin type=\\"calico\\" failed (add): error getting ClusterInformation"`,
    `time="2024-08-07T19:07:50Z" level=error msg="StopPodSandbox for \\"${ID}\\" failed" error="failed to destroy network for sandbox \\"${ID}\\": plugin type=\\"bridge\\" failed (delete): netplugin failed"`,
  ];
  for (const line of lines) assert.ok(meanings(line).includes('cni-failed'), line);
});

test('evictions and the pressure behind them, image pulls that fail', () => {
  const lines: [string, string][] = [
    [
      'I0206 15:40:31.347812    3454 eviction_manager.go:355] eviction manager: must evict pod(s) to reclaim ephemeral-storage',
      'eviction',
    ],
    [
      'I0206 15:40:31.34 3454 eviction_manager.go:350] "Eviction manager: must evict pod(s) to reclaim" resourceName="memory"',
      'eviction',
    ],
    [
      'I0903 10:07:19.008233    1187 kubelet_node_status.go:497] "Recording event message for node" node="n" event="NodeHasInsufficientMemory"',
      'memory-pressure',
    ],
    [
      'I0903 10:07:19.008233    1187 kubelet_node_status.go:497] Recording NodeHasInsufficientPID event message for node n',
      'pid-pressure',
    ],
    [
      'E1111 10:00:00.000000    1187 kuberuntime_image.go:55] "Failed to pull image" err="not found" image="r/a:1"',
      'image-pull-failed',
    ],
  ];
  for (const [line, signal] of lines) assert.deepEqual(meanings(line), [signal], line);
});

test('the second line that containerd writes for one lost shim adds nothing', () => {
  assert.deepEqual(
    matchLogLine(
      `time="2024-04-01T00:32:23Z" level=warning msg="cleaning up after shim disconnected" id=${ID} namespace=moby`,
    ),
    [],
  );
});

test('no line makes it throw, however odd', () => {
  const odd = fc.string({ maxLength: 200 });
  const near = fc
    .tuple(odd, fc.constantFrom('PLEG is not healthy', 'last seen active ', 'from runtime service failed', ID), odd)
    .map((parts) => parts.join(''));
  fc.assert(fc.property(fc.oneof(odd, near), (text) => Array.isArray(matchLogLine(text))));
});

test('every signature has a name of its own, literals that a scanner can look for, and a source', () => {
  const ids = LOG_SIGNATURES.map((s) => s.id);
  assert.equal(new Set(ids).size, ids.length);
  for (const { id, literals, sources } of LOG_SIGNATURES) {
    assert.ok(literals.length > 0 && sources.length > 0, id);
    for (const literal of literals) assert.match(literal, /^[\x20-\x7e]{4,}$/, id);
  }
});
