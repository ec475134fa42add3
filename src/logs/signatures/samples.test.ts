import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAULT_SAMPLES } from '../../../test/support/fault-samples.ts';
import { liveClock } from '../formats/dates.ts';
import { parseLogLine } from '../formats/log-line.ts';
import { LITERALS } from './index.ts';
import { LOG_SIGNATURES } from './match.ts';

const ID = 'bdf4dc0af526a317e248c994719eabb233a9db337d535351a277b1b324cf5fec';
const CLOCK = liveClock(Date.UTC(2026, 10, 24));
const K = (where: string) => `E0703 20:03:25.881543 1946644 ${where}] `;

/** Lines as each version writes them, by the signature that reads them. */
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  ...FAULT_SAMPLES,
  'pleg-unhealthy': [
    `${K('kubelet.go:1775')}skipping pod synchronization - [PLEG is not healthy: pleg was last seen active 4h19m47.369998188s ago; threshold is 3m0s]`,
    `${K('kubelet.go:1879')}skipping pod synchronization - PLEG is not healthy: pleg was last seen active 3m36.462980645s ago; threshold is 3m0s`,
    `${K('kubelet.go:2055')}"Skipping pod synchronization" err="[container runtime status check may not have completed yet, PLEG is not healthy: pleg has yet to be successful]"`,
    '{"ts":1753141980841.7654,"caller":"kubelet/kubelet.go:2406","msg":"Skipping pod synchronization","err":"PLEG is not healthy: pleg was last seen active 3m5.3s ago; threshold is 3m0s"}',
  ],
  'relist-failed': [
    `${K('generic.go:205')}GenericPLEG: Unable to retrieve pods: rpc error: code = DeadlineExceeded desc = context deadline exceeded`,
    `${K('generic.go:238')}"GenericPLEG: Unable to retrieve pods" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"`,
  ],
  'event-channel-full': [
    `${K('generic.go:219')}event channel is full, discard this relist() cycle event`,
    `${K('generic.go:335')}"Event channel is full, discard this relist() cycle event"`,
    `${K('kubelet.go:2406')}"Skipping pod synchronization" err="EventedPLEG: pleg event channel capacity is full with 1000 events"`,
  ],
  'runtime-down': [
    `${K('kubelet.go:1835')}skipping pod synchronization - [container runtime is down]`,
    `${K('kubelet.go:2646')}"Skipping pod synchronization" err="container runtime is down"`,
    `${K('kubelet.go:2099')}Container runtime sanity check failed: rpc error: code = Unknown desc = Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?`,
  ],
  'runtime-socket-refused': [
    `${K('remote_runtime.go:86')}Version from runtime service failed: rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing dial unix /run/containerd/containerd.sock: connect: connection refused"`,
  ],
  'network-not-ready': [
    `${K('kubelet.go:2110')}Container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:docker: network plugin is not ready: cni config uninitialized`,
    `${K('kubelet.go:2349')}"Container runtime network not ready" networkReady="NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized"`,
  ],
  'node-became-not-ready': [
    `${K('setters.go:559')}Node became not ready: {Type:Ready Status:False LastHeartbeatTime:2023-07-03 20:02:28.966255129 +0800 CST m=+7095087.092396567 LastTransitionTime:2023-07-03 20:02:28.966255129 +0800 CST m=+7095087.092396567 Reason:KubeletNotReady Message:PLEG is not healthy: pleg was last seen active 3m3.111515826s ago; threshold is 3m0s}`,
    `${K('setters.go:602')}"Node became not ready" node="n" condition={"type":"Ready","status":"False","lastHeartbeatTime":"2026-01-03T10:00:00Z","lastTransitionTime":"2026-01-03T10:00:00Z","reason":"KubeletNotReady","message":"container runtime is down"}`,
  ],
  'recorded-node-not-ready': [
    `${K('kubelet_node_status.go:486')}Recording NodeNotReady event message for node n`,
    `${K('kubelet_node_status.go:736')}"Recording event message for node" node="n" event="NodeNotReady"`,
  ],
  'recorded-node-ready': [
    `${K('kubelet_node_status.go:486')}Recording NodeReady event message for node n`,
    `${K('kubelet_node_status.go:736')}"Recording event message for node" node="n" event="NodeReady"`,
  ],
  'node-just-became-ready': [`${K('kubelet_node_status.go:497')}"Fast updating node status as it just became ready"`],
  'kubelet-sync-loop-started': [
    `${K('kubelet.go:1855')}Starting kubelet main sync loop.`,
    `${K('kubelet.go:1991')}"Starting kubelet main sync loop"`,
  ],
  'kubelet-version': [
    `${K('server.go:417')}Version: v1.17.3`,
    `${K('server.go:416')}Kubelet version: v1.20.2`,
    `${K('server.go:440')}"Kubelet version" kubeletVersion="v1.23.1"`,
  ],
  'kubelet-failed-to-run': [
    `${K('server.go:274')}failed to run Kubelet: unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory`,
    `${K('server.go:292')}"Failed to run kubelet" err="failed to run Kubelet: running with swap on is not supported, please disable swap! or set --fail-swap-on flag to false"`,
    `${K('kubelet.go:1384')}Failed to start ContainerManager failed to initialize top level QOS containers: root container [kubepods] doesn't exist`,
    `${K('server.go:206')}failed to load Kubelet config file /var/lib/kubelet/config.yaml, error failed to read kubelet config file "/var/lib/kubelet/config.yaml", error: open /var/lib/kubelet/config.yaml: no such file or directory`,
    `${K('server.go:204')}"Failed to load kubelet config file" err="failed to load Kubelet config file /var/lib/kubelet/config.yaml" path="/var/lib/kubelet/config.yaml"`,
  ],
  'runtime-call-timeout': [
    `${K('remote_runtime.go:295')}ContainerStatus "${ID}" from runtime service failed: rpc error: code = DeadlineExceeded desc = context deadline exceeded`,
    `${K('remote_runtime.go:366')}"ListContainers with filter from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded" filter="&ContainerFilter{}"`,
    `${K('generic.go:247')}PLEG: Ignoring events for pod fluentd/default: rpc error: code = DeadlineExceeded desc = context deadline exceeded`,
    `${K('generic.go:453')}"PLEG: Write status" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded" pod="default/web-0"`,
  ],
  'status-not-determined': [
    `${K('kuberuntime_manager.go:969')}getPodContainerStatuses for pod "web-0_default(78a5e65b-0308-f8b1-a995-50bdb9046e35)" failed: rpc error: code = DeadlineExceeded desc = context deadline exceeded`,
    'FailedSync: error determining status: rpc error: code = Unknown desc = operation timeout: context deadline exceeded',
  ],
  'container-gc-failed': [
    `${K('kubelet.go:1246')}Container garbage collection failed: rpc error: code = DeadlineExceeded desc = context deadline exceeded`,
    `${K('kubelet.go:1332')}"Container garbage collection failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"`,
    'ContainerGCFailed: rpc error: code = DeadlineExceeded desc = context deadline exceeded',
  ],
  'runtime-call-failed': [
    `${K('remote_runtime.go:116')}RunPodSandbox from runtime service failed: rpc error: code = Unknown desc = failed to start sandbox container for pod "web-0": Error response from daemon: x`,
    `${K('remote_runtime.go:201')}"RunPodSandbox from runtime service failed" err="rpc error: code = Unknown desc = failed to create containerd task"`,
  ],
  'container-kill-failed': [
    `${K('kuberuntime_container.go:652')}Container "docker://${ID}" termination failed with gracePeriod 30: rpc error: code = DeadlineExceeded desc = context deadline exceeded`,
    `${K('kuberuntime_container.go:822')}"Kill container failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded" containerID={"Type":"containerd","ID":"${ID}"}`,
    `${K('kubelet_pods.go:1247')}Failed killing the pod "web-0": failed to "KillContainer" for "app" with KillContainerError: "rpc error: code = DeadlineExceeded desc = context deadline exceeded"`,
  ],
  'container-died': [
    `${K('kubelet.go:1916')}SyncLoop (PLEG): "web-0_default(6f031efe)", event: &pleg.PodLifecycleEvent{ID:"6f031efe", Type:"ContainerDied", Data:"${ID}"}`,
    `${K('kubelet.go:2453')}"SyncLoop (PLEG): event for pod" pod="default/web-0" event={"ID":"6f031efe","Type":"ContainerDied","Data":"${ID}"}`,
  ],
  'container-back-off': [
    `${K('pod_workers.go:191')}Error syncing pod 6f031efe ("web-0_default(6f031efe)"), skipping: failed to "StartContainer" for "app" with CrashLoopBackOff: "back-off 5m0s restarting failed container=app pod=web-0_default(6f031efe)"`,
    'BackOff: Back-off restarting failed container',
  ],
  'container-remove-failed': [
    `${K('remote_runtime.go:250')}RemoveContainer "${ID}" from runtime service failed: rpc error: code = Unknown desc = failed to remove container "${ID}": Error response from daemon: container ${ID}: driver "overlay2" failed to remove root filesystem: unlinkat /var/lib/docker/overlay2/a/merged: device or resource busy`,
    `${K('kuberuntime_gc.go:146')}"Failed to remove container" err="rpc error: code = Unknown desc = failed to set removing state for container" containerID="${ID}"`,
    `time="2020-05-09T09:55:12.774467604+08:00" level=error msg="Handler for DELETE /v1.38/containers/${ID} returned error: container ${ID}: driver \\"overlay2\\" failed to remove root filesystem: remove /data/docker/overlay2/a/merged: device or resource busy"`,
  ],
  'pod-deleted': [
    `${K('kubelet.go:1904')}SyncLoop (DELETE, "api"): "web-0_default(6f031efe)"`,
    `${K('kubelet.go:2441')}"SyncLoop DELETE" source="api" pods=["default/web-0"]`,
  ],
  'pod-orphaned': [
    `${K('kubelet_volumes.go:154')}orphaned pod "6f031efe-8b7d-6c47-9346-ba09ffbf79f1" found, but volume paths are still present on disk : There were a total of 1 errors similar to this.`,
    `${K('kubelet_volumes.go:245')}"There were many similar errors. Turn up verbosity to see them." err="orphaned pod \\"6f031efe\\" found, but error not a directory occurred when trying to remove the volumes dir" numErrs=1`,
  ],
  'pod-not-cleaned-up': [
    `${K('kubelet_pods.go:1017')}Pod "web-0_default(6f031efe)" is terminated, but some containers have not been cleaned up: {ID:{Type:docker ID:${ID}}}`,
    `${K('kubelet_pods.go:952')}Pod "web-0_default(6f031efe)" is terminated, but some containers are still running`,
  ],
  'image-pull-failed': [
    `${K('kuberuntime_image.go:55')}"Failed to pull image" err="not found" image="r/a:1"`,
    `${K('pod_workers.go:191')}Error syncing pod 6f ("web-0_default(6f)"), skipping: failed to "StartContainer" for "app" with ImagePullBackOff: "Back-off pulling image \\"r/a:1\\""`,
  ],
  'api-server-unreachable': [
    `${K('kubelet_node_status.go:402')}Error updating node status, will retry: error getting node "n": Get https://10.0.0.1:6443/api/v1/nodes/n?timeout=10s: write tcp 10.0.0.2:4711->10.0.0.1:6443: use of closed network connection`,
    `${K('kubelet_node_status.go:447')}Error updating node status, will retry: error getting node "n": Get https://10.0.0.1:6443/api/v1/nodes/n?timeout=10s: net/http: request canceled (Client.Timeout exceeded while awaiting headers)`,
    `${K('controller.go:195')}"Failed to update lease" err="Put \\"https://api-int:6443/apis\\": dial tcp 10.0.54.68:6443: i/o timeout"`,
    `${K('reflector.go:178')}k8s.io/kubernetes/pkg/kubelet/kubelet.go:517: Failed to list *v1.Service: Get https://10.0.0.1:6443/api/v1/services: dial tcp 10.0.0.1:6443: connect: connection refused`,
    `${K('certificate_manager.go:385')}Failed while requesting a signed certificate from the master: cannot create certificate signing request: Post https://10.0.0.1:6443/apis/certificates.k8s.io/v1beta1/certificatesigningrequests: EOF`,
  ],
  'api-server-unauthorized': [
    `${K('kubelet_node_status.go:447')}Error updating node status, will retry: error getting node "n": Unauthorized`,
    `${K('reflector.go:138')}k8s.io/client-go/informers/factory.go:134: Failed to watch *v1.Node: failed to list *v1.Node: Unauthorized`,
  ],
  'certificate-expired': [
    `${K('bootstrap.go:265')}part of the existing bootstrap client certificate is expired: 2020-04-19 15:03:37 +0000 UTC`,
    `${K('transport.go:113')}The currently active client certificate has expired, but the server is not responsive. A restart may be necessary to retrieve new initial credentials.`,
    `${K('kubelet_node_status.go:93')}"Unable to register node with API server" err="Post \\"https://10.0.0.1:6443/api/v1/nodes\\": x509: certificate has expired or is not yet valid: current time 2026-01-02T00:00:00Z is after 2026-01-01T00:00:00Z" node="n"`,
  ],
  'disk-pressure': [
    `${K('eviction_manager.go:331')}eviction manager: attempting to reclaim nodefs`,
    `${K('eviction_manager.go:341')}"Eviction manager: attempting to reclaim" resourceName="ephemeral-storage"`,
    `${K('eviction_manager.go:142')}Failed to admit pod web-0_default(6f031efe) - node has conditions: [DiskPressure]`,
    'time="2019-09-18T10:19:49.903943652+08:00" level=error msg="Failed to log msg \\"\\" for logger json-file: write /var/lib/docker/containers/a/a-json.log: no space left on device"',
  ],
  'no-cgroups-left': [
    `time="2018-12-24T11:54:31.195900301+08:00" level=error msg="Handler for POST /v1.31/containers/a/start returned error: OCI runtime create failed: container_linux.go:348: starting container process caused \\"process_linux.go:279: applying cgroup configuration for process caused \\\\\\"mkdir /sys/fs/cgroup/memory/kubepods/burstable/pod1/a: no space left on device\\\\\\"\\": unknown"`,
  ],
  'no-watches-left': [
    `${K('raw.go:140')}Failed to watch directory "/sys/fs/cgroup/memory/kubepods": inotify_add_watch /sys/fs/cgroup/memory/kubepods/burstable/pod9/c: no space left on device`,
    `${K('kubelet.go:1376')}Failed to start cAdvisor inotify_init: too many open files`,
    `${K('server.go:292')}"Failed to run kubelet" err="failed to run Kubelet: failed to create kubelet: unable to create fsnotify watcher: too many open files"`,
  ],
  'no-processes-left': [
    `${K('remote_runtime.go:92')}RunPodSandbox from runtime service failed: rpc error: code = Unknown desc = fork/exec /usr/bin/runc: resource temporarily unavailable`,
    'runtime: failed to create new OS thread (have 11 already; errno=11)',
    'runtime/cgo: pthread_create failed: Resource temporarily unavailable',
  ],
  eviction: [
    `${K('eviction_manager.go:345')}eviction manager: must evict pod(s) to reclaim nodefs`,
    `${K('eviction_manager.go:350')}"Eviction manager: must evict pod(s) to reclaim" resourceName="memory"`,
    `${K('eviction_manager.go:356')}eviction manager: eviction thresholds have been met, but no pods are active to evict`,
  ],
  'memory-pressure': [
    `${K('kubelet_node_status.go:486')}Recording NodeHasInsufficientMemory event message for node n`,
    `${K('eviction_manager.go:341')}"Eviction manager: attempting to reclaim" resourceName="memory"`,
  ],
  'pid-pressure': [
    `${K('kubelet_node_status.go:497')}Recording NodeHasInsufficientPID event message for node n`,
    `${K('eviction_manager.go:341')}"Eviction manager: attempting to reclaim" resourceName="pids"`,
  ],
  'cni-failed': [
    `${K('remote_runtime.go:115')}RunPodSandbox from runtime service failed: rpc error: code = Unknown desc = networkPlugin cni failed to set up pod "web-0_default" network: context deadline exceeded`,
    `${K('kuberuntime_sandbox.go:68')}"Failed to create sandbox for pod" err="rpc error: code = Unknown desc = failed to setup network for sandbox \\"${ID}\\": plugin type=\\"calico\\" failed (add): error getting ClusterInformation"`,
  ],
  'task-exit-not-handled': [
    `time="2024-08-07T19:07:50.950859134+08:00" level=error msg="failed to handle container TaskExit event &TaskExit{ContainerID:${ID},ID:${ID},Pid:23760,ExitStatus:137}" error="failed to stop container: context deadline exceeded: unknown"`,
  ],
  'zombie-not-killed': [
    'time="2026-11-24T06:00:00Z" level=error msg="Handler for POST /v1.41/containers/8ca9/stop returned error: cannot stop container: 8ca9: container 8ca961fa0d0b PID 23760 is zombie and can not be killed. Use the --init option when creating containers to run an init inside the container that forwards signals and reaps processes"',
    `time="2026-11-24T06:00:00Z" level=error msg="Container failed to exit within 10 seconds of kill - trying direct SIGKILL" container=${ID} error="context deadline exceeded"`,
  ],
  'stop-container-failed': [
    `time="2024-08-07T19:07:50.950859134+08:00" level=error msg="StopContainer for \\"${ID}\\" failed" error="rpc error: code = DeadlineExceeded desc = context deadline exceeded"`,
  ],
  'shim-disconnected': [
    `time="2024-04-01T00:32:23.141970662Z" level=info msg="shim disconnected" id=${ID}`,
    `time="2018-06-01T00:32:23.141970662Z" level=info msg="shim reaped" id=${ID} module="containerd/tasks"`,
  ],
  'container-start-failed': [
    `${K('kuberuntime_sandbox.go:54')}CreatePodSandbox for pod "web-0_basic(6f)" failed: rpc error: code = 2 desc = failed to start sandbox container for pod "web-0": Error response from daemon: {"message":"oci runtime error: container_linux.go:247: x"}`,
    'time="2026-01-01T00:00:00Z" level=error msg="RunPodSandbox failed" error="failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process"',
  ],
  'unit-failed': [
    'Jun 01 23:15:23 n systemd[1]: kubelet.service: Main process exited, code=exited, status=1/FAILURE',
    "Jun 01 23:15:23 n systemd[1]: kubelet.service: Failed with result 'exit-code'.",
    'Jun 01 23:15:33 n systemd[1]: kubelet.service: Scheduled restart job, restart counter is at 2191.',
    'Jun 01 23:15:23 n systemd[1]: kubelet.service: main process exited, code=exited, status=255/n/a',
    'Jun 01 23:15:23 n systemd[1]: Unit kubelet.service entered failed state.',
  ],
  'removal-busy': [
    `${K('remote_runtime.go:246')}RemoveContainer "${ID}" from runtime service failed: rpc error: code = Unknown desc = failed to remove container "${ID}": Error response from daemon: driver "overlay" failed to remove root filesystem for ${ID}: remove /home/data/docker/overlay/b2b9/merged: device or resource busy`,
    `time="2023-12-27T15:10:28.897571677Z" level=warning msg="failed to cleanup rootfs mount" error="failed to unmount target /run/containerd/io.containerd.runtime.v2.task/k8s.io/${ID}/rootfs: device or resource busy" runtime=io.containerd.runsc.v1`,
    `${K('nestedpendingoperations.go:267')}Operation for "\\"kubernetes.io/secret/x-default-token\\"" failed. No retries permitted until 2018-06-14 19:36:46 (durationBeforeRetry 2m2s). Error: "UnmountVolume.TearDown failed for volume \\"default-token\\" : remove /var/lib/kubelet/pods/x/volumes/kubernetes.io~secret/default-token: device or resource busy"`,
    'umount: /var/lib/kubelet/pods/69fd83d4/volumes/kubernetes.io~csi/ccd/mount: target is busy.',
    `time="2017-06-13T15:58:36.031272839+09:00" level=error msg="Error unmounting container ${ID}: Device is Busy"`,
    `${K('goroutinemap.go:150')}GetDeviceMountRefs check failed: the device mount path "/var/lib/kubelet/plugins/kubernetes.io/rbd/mounts/r" is still mounted by other references [/mnt]`,
    'rbd: unmap failed: (16) Device or resource busy',
  ],
  'removal-denied': [
    `${K('kuberuntime_gc.go:126')}Failed to remove container "${ID}": rpc error: code = Unknown desc = driver "overlay2" failed to remove root filesystem: unlinkat /data/docker/overlay2/17be/diff/usr/bin/ls: operation not permitted`,
  ],
  'device-plugin-ended': [
    `${K('endpoint.go:107')}listAndWatch ended unexpectedly for device plugin nvidia.com/gpu with error rpc error: code = Unavailable desc = transport is closing`,
    `${K('client.go:90')}"ListAndWatch ended unexpectedly for device plugin" err="rpc error: code = Unavailable desc = error reading from server: EOF" resource="nvidia.com/gpu"`,
    `${K('manager.go:482')}Failed to dial device plugin with request &RegisterRequest{Version:v1beta1,}: failed to dial device plugin: context deadline exceeded`,
  ],
  'device-not-allocated': [
    `${K('predicate.go:102')}Failed to admit pod: Allocate failed due to rpc error: code = DeadlineExceeded desc = context deadline exceeded, which is unexpected`,
    'UnexpectedAdmissionError: Allocate failed due to no healthy devices present; cannot allocate unhealthy devices nvidia.com/gpu, which is unexpected',
  ],
  'systemd-no-answer': [
    "May 29 12:11:22 n1 dbus-daemon[1516]: [system] Failed to activate service 'org.freedesktop.systemd1': timed out (service_start_timeout=25000ms)",
    'time="2020-05-29T12:11:22Z" level=warning msg="Timed out while waiting for StartTransientUnit(crio-1.scope) completion signal from dbus. Continuing..."',
    'Output: Failed to start transient scope unit: Connection timed out',
    'Jan  4 11:56:31 n1 sshd[77]: pam_systemd(sshd:session): Failed to create session: Connection timed out',
    'Jan  4 11:56:31 n1 systemd-logind[2245]: Failed to start session scope session-2154.scope: No buffer space available',
  ],
  'bus-lost': [
    '4s Warning FailedCreatePodContainer pod/c unable to ensure pod container exists: failed to create container for [kubepods burstable pod3b7a] : dbus: connection closed by user',
    'Jan  4 11:56:31 n1 systemd: Failed to propagate agent release message: Operation not supported',
    'Jan  4 11:56:31 n1 runc[9]: dial unix /run/systemd/private: connect: resource temporarily unavailable',
    'Jan  4 11:56:31 n1 dbus[800]: [system] The maximum number of active connections for UID 0 has been reached',
    'Jan  4 11:56:31 n1 systemd[1]: Freezing execution.',
  ],
  'no-units-left': [
    'Output: Failed to start transient scope unit: Argument list too long',
    "Jul 13 19:37:17 n1 dbus[2155]: [system] Activation via systemd failed for unit 'polkit.service': Argument list too long",
  ],
  'clock-stepped': [
    'Oct 24 09:45:00 n1 chronyd[840]: System clock was stepped by -25198.995738 seconds',
    'Jun 16 17:46:15 n1 chronyd[2153]: System clock wrong by 72927926.233466 seconds',
    'Sep 12 11:04:53 node-6 ntpd[902]: 0.0.0.0 c61c 0c clock_step -28818.771869 s',
    'Sep 12 11:04:53 node-6 ntpd[902]: time reset -28818.771869 s',
    'Sep 12 11:04:53 node-6 systemd: Time has been changed',
    'Sep 12 11:04:53 node-6 systemd-journald[300]: Time jumped backwards, rotating.',
    '2016-04-27 17:56:34.086748 W | rafthttp: the clock difference against peer aa4fdaf4c562342d is too high [8.484795885s > 1s]',
  ],
  'heartbeat-ahead': [
    "I0404 15:28:36.488138       8 node_lifecycle_controller.go:1107] node n1 hasn't been updated for 1m26.899981721s. Last PIDPressure is: &NodeCondition{Type:PIDPressure,Status:Unknown,LastHeartbeatTime:2022-04-05 15:22:52 +0500 DSTD,LastTransitionTime:2022-04-04 15:28:30 +0500 DSTD,Reason:NodeStatusUnknown,Message:Kubelet stopped posting node status.,}",
  ],
  'not-yet-valid': [
    `${K('reflector.go:138')}Failed to watch *v1.Node: Get "https://10.0.0.1:6443/api/v1/nodes": x509: certificate has expired or is not yet valid: current time 2020-01-01T00:00:10Z is before 2021-05-01T10:00:00Z`,
  ],
  'kubelet-saw-shutdown': [
    `${K('nodeshutdown_manager_linux.go:154')}Shutdown manager detected new shutdown event, isNodeShuttingDownNow: true`,
    `${K('nodeshutdown_manager_linux.go:262')}"Shutdown manager detected new shutdown event, isNodeShuttingDownNow" event=true`,
    `${K('kubelet.go:2646')}"Skipping pod synchronization" err="node is shutting down"`,
  ],
  'system-goes-down': [
    'Sep  9 17:45:37 n1 systemd-logind[666]: System is rebooting.',
    'Sep  9 17:45:37 n1 systemd-logind[666]: Powering Off...',
    'Sep  9 17:45:37 n1 systemd[1]: Reached target Reboot.',
    'Sep  9 17:45:37 n1 systemd[1]: Reached target poweroff.target - System Power Off.',
    'Sep  9 17:45:37 n1 systemd-shutdown[1]: Sending SIGTERM to remaining processes...',
  ],
};

for (const signature of LOG_SIGNATURES) {
  test(`${signature.id} is read in each version’s words`, () => {
    const samples = SAMPLES[signature.id] ?? [];
    assert.ok(samples.length > 0);
    for (const sample of samples) {
      const line = parseLogLine(sample, CLOCK);
      assert.ok(
        signature.literals.some((literal) => line.message.includes(literal)),
        `no literal in: ${sample}`,
      );
      assert.notEqual(signature.read(line.message, line), null, sample);
      assert.ok(LITERALS.some((literal) => sample.includes(literal)));
    }
  });
}
