import type { Signature } from '../signature.ts';
import { logForm } from './form.ts';
import { DEADLINE } from './runtime-call.ts';

/** PLEG, the sync loop, Ready and the kubelet's own life. */
export const KUBELET: readonly Signature[] = [
  logForm({
    id: 'pleg-unhealthy',
    signal: 'pleg-unhealthy',
    literals: ['PLEG is not healthy', 'pleg was last seen active', 'pleg has yet to be successful'],
    sources: [
      'pkg/kubelet/runtime.go runtimeErrors, logged by syncLoop in kubelet.go @ 1.5 to 1.36',
      'pkg/kubelet/pleg/generic.go Healthy: `pleg was last seen active %v ago; threshold is %v`, `pleg has yet to be successful`',
    ],
    means: /PLEG is not healthy|pleg was last seen active|pleg has yet to be successful/,
  }),
  logForm({
    id: 'relist-failed',
    signal: 'relist-failed',
    literals: ['GenericPLEG: Unable to retrieve pods'],
    sources: ['pkg/kubelet/pleg/generic.go relist @ 1.2 to 1.36'],
    means: /GenericPLEG: Unable to retrieve pods/,
  }),
  logForm({
    id: 'event-channel-full',
    signal: 'event-channel-full',
    literals: ['vent channel is full, discard this relist', 'event channel capacity is full'],
    sources: [
      'pkg/kubelet/pleg/generic.go relist @ 1.14 to 1.36',
      'pkg/kubelet/pleg/evented.go Healthy @ 1.26 to 1.36: `pleg event channel capacity is full`',
    ],
    means: /event channel is full, discard this relist|event channel capacity is full/i,
  }),
  logForm({
    id: 'runtime-down',
    signal: 'runtime-down',
    literals: [
      'container runtime is down',
      'container runtime is not up',
      'Container runtime is not up',
      'Container runtime sanity check failed',
      'ontainer runtime not ready',
      'Cannot connect to the Docker daemon',
    ],
    sources: [
      'pkg/kubelet/runtime.go runtimeErrors: `container runtime is down` @ 1.4 to 1.36',
      'pkg/kubelet/kubelet.go updateRuntimeUp: `Container runtime sanity check failed`, `Container runtime not ready` @ 1.4 to 1.36',
      'moby client/errors.go ErrorConnectionFailed: `Cannot connect to the Docker daemon`',
    ],
    means:
      /container runtime is (?:down|not up)|Container runtime sanity check failed|Container runtime not ready|Cannot connect to the Docker daemon/i,
  }),
  logForm({
    id: 'runtime-socket-refused',
    signal: 'runtime-down',
    literals: ['dial unix'],
    sources: ['Go net/dial.go OpError, quoted by kubelet and docker @ every version'],
    means:
      /dial unix \S{0,200}(?:docker|containerd|crio|dockerd)\S{0,40}sock: connect: (?:connection refused|no such file)/,
  }),
  logForm({
    id: 'network-not-ready',
    signal: 'network-not-ready',
    literals: [
      'untime network not ready',
      'NetworkPluginNotReady',
      'etwork plugin is not ready',
      'cni plugin not initialized',
      'cni config uninitialized',
    ],
    sources: [
      'pkg/kubelet/kubelet.go updateRuntimeUp: `Container runtime network not ready` @ 1.7 to 1.36',
      'pkg/kubelet/dockershim/network/cni/cni.go Status: `cni config uninitialized` @ 1.5 to 1.23',
      'containerd go-cni errors.go: `cni plugin not initialized`',
    ],
    means:
      /runtime network not ready|NetworkPluginNotReady|network plugin is not ready|cni plugin not initialized|cni config uninitialized/i,
  }),
  logForm({
    id: 'node-became-not-ready',
    signal: 'node-became-not-ready',
    literals: ['Node became not ready'],
    sources: [
      'pkg/kubelet/nodestatus/setters.go ReadyCondition, on a change only @ 1.13 to 1.36 (kubelet_node_status.go before)',
    ],
    means: /Node became not ready/,
  }),
  logForm({
    id: 'recorded-node-not-ready',
    signal: 'node-became-not-ready',
    literals: ['NodeNotReady'],
    sources: ['pkg/kubelet/kubelet_node_status.go recordNodeStatusEvent, at verbosity 2 @ 1.2 to 1.36'],
    means: /Recording (?:NodeNotReady event|event .{0,120}event["=:]{1,3}NodeNotReady)/,
  }),
  logForm({
    id: 'recorded-node-ready',
    signal: 'node-became-ready',
    literals: ['NodeReady'],
    sources: ['pkg/kubelet/kubelet_node_status.go recordNodeStatusEvent, at verbosity 2 @ 1.2 to 1.36'],
    means: /Recording (?:NodeReady event|event .{0,120}event["=:]{1,3}NodeReady\b)/,
  }),
  logForm({
    id: 'node-just-became-ready',
    signal: 'node-became-ready',
    literals: ['updating node status as it just became ready'],
    sources: ['pkg/kubelet/kubelet.go fastStatusUpdateOnce @ 1.21 to 1.36'],
    means: /updating node status as it just became ready/,
  }),
  logForm({
    id: 'kubelet-sync-loop-started',
    signal: 'kubelet-started',
    literals: ['Starting kubelet main sync loop'],
    sources: ['pkg/kubelet/kubelet.go Run, syncLoop @ 1.2 to 1.36'],
    means: /Starting kubelet main sync loop/,
  }),
  logForm({
    id: 'kubelet-version',
    signal: 'kubelet-started',
    literals: ['"Kubelet version"', 'Kubelet v', 'Version: v'],
    sources: [
      'cmd/kubelet/app/server.go: `Version: v` @ 1.9 to 1.19, `Kubelet version: v` @ 1.20, `"Kubelet version" kubeletVersion=` since',
    ],
    means: /"Kubelet version"|(?:^|\] )(?:Kubelet v|V)ersion: v\d/,
  }),
  logForm({
    id: 'kubelet-failed-to-run',
    signal: 'kubelet-failed',
    literals: [
      'ailed to run kubelet',
      'ailed to run Kubelet',
      'Failed to start ContainerManager',
      'ailed to load kubelet config file',
      'ailed to load Kubelet config file',
      'Kubelet failed to get node info',
    ],
    sources: [
      'cmd/kubelet/app/server.go run: `failed to run Kubelet: %v` @ 1.8 to 1.20, `"Failed to run kubelet" err=` since',
      'pkg/kubelet/kubelet.go initializeRuntimeDependentModules: `Failed to start ContainerManager %v` @ 1.8 to 1.36',
    ],
    means:
      /[Ff]ailed to run [Kk]ubelet|Failed to start ContainerManager|[Ff]ailed to load [Kk]ubelet config file|Kubelet failed to get node info/,
  }),
];

/** What a kubelet says of runtime calls and containers. */
export const KUBELET_CALLS: readonly Signature[] = [
  logForm({
    id: 'runtime-call-timeout',
    signal: 'runtime-call-timeout',
    literals: [
      'from runtime service failed',
      'PLEG: Write status',
      'PLEG: Ignoring events',
      'failed to inspect container',
    ],
    sources: [
      'pkg/kubelet/cri/remote/remote_runtime.go @ 1.5 to 1.32, staging/src/k8s.io/cri-client/pkg/remote_runtime.go since',
      'pkg/kubelet/pleg/generic.go: `PLEG: Write status`, `PLEG: Ignoring events for pod` @ 1.4 to 1.36',
    ],
    means: /from runtime service failed|PLEG: (?:Write status|Ignoring events)|failed to inspect container/,
    and: DEADLINE,
    // An exec probe that takes too long times out by its own, short deadline.
    unless: /\bExec(?:Sync)? |timeout \S{1,12} exceeded/,
  }),
  logForm({
    id: 'status-not-determined',
    signal: 'runtime-call-timeout',
    call: 'GetPodStatus',
    literals: ['error determining status', 'getPodContainerStatuses for pod', 'PodSandboxStatus of sandbox'],
    sources: [
      'pkg/kubelet/pod_workers.go: `error determining status: %v` @ 1.4 to 1.36',
      'pkg/kubelet/kuberuntime/kuberuntime_manager.go GetPodStatus @ 1.5 to 1.36',
    ],
    means: /error determining status|getPodContainerStatuses for pod|PodSandboxStatus of sandbox/,
    and: DEADLINE,
  }),
  logForm({
    id: 'container-gc-failed',
    signal: 'runtime-call-timeout',
    call: 'ListContainers',
    literals: ['ontainer garbage collection failed', 'ContainerGCFailed'],
    sources: [
      'pkg/kubelet/kubelet.go StartGarbageCollection @ 1.5 to 1.36: the log line and the event; what it begins with is a list',
    ],
    means: /[Cc]ontainer garbage collection failed|ContainerGCFailed/,
    and: DEADLINE,
  }),
  logForm({
    id: 'runtime-call-failed',
    signal: 'runtime-call-failed',
    literals: ['from runtime service failed'],
    sources: ['pkg/kubelet/cri/remote/remote_runtime.go @ 1.5 to 1.32, staging/src/k8s.io/cri-client since'],
    means: /from runtime service failed/,
    // What is only gone is no trouble, and an exec probe that fails tells of its pod.
    unless:
      /DeadlineExceeded|context deadline exceeded|operation timeout|code = NotFound|[Nn]o such container|\bExec(?:Sync)? /,
  }),
  logForm({
    id: 'container-kill-failed',
    signal: 'container-kill-failed',
    literals: [
      'ill container failed',
      'termination failed with gracePeriod',
      'illContainer for pod failed',
      'KillContainerError',
      'KillPodSandboxError',
      'StopContainer',
    ],
    sources: [
      'pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer: `Container %q termination failed with gracePeriod %d` @ 1.5 to 1.20, `"Kill container failed"` since',
      'pkg/kubelet/kubelet_pods.go: `Failed killing the pod` with KillContainerError @ 1.5 to 1.21',
    ],
    means:
      /Kill container failed|termination failed with gracePeriod|killContainer for pod failed|KillContainerError|StopContainer \S{0,80} ?from runtime service failed/i,
    unless: /code = NotFound/,
  }),
  logForm({
    id: 'container-died',
    signal: 'container-died',
    literals: ['ContainerDied'],
    sources: [
      'pkg/kubelet/kubelet.go syncLoopIteration: `SyncLoop (PLEG): %q, event: %#v` @ 1.3 to 1.20, `"SyncLoop (PLEG): event for pod"` since',
    ],
    means: /SyncLoop \(PLEG\).{0,400}ContainerDied/,
  }),
  logForm({
    id: 'container-back-off',
    signal: 'container-back-off',
    literals: ['ack-off restarting failed container', 'CrashLoopBackOff', 'restarting failed container='],
    sources: [
      'pkg/kubelet/kuberuntime/kuberuntime_manager.go doBackOff: `back-off %s restarting failed container=%s pod=%s` @ 1.5 to 1.36',
    ],
    means: /[Bb]ack-off (?:\S{1,12} )?restarting failed container|CrashLoopBackOff/,
  }),
  logForm({
    id: 'container-remove-failed',
    signal: 'container-remove-failed',
    literals: ['ailed to remove container', 'RemoveContainer', 'failed to remove root filesystem'],
    sources: [
      'pkg/kubelet/kuberuntime/kuberuntime_gc.go removeOldestN: `Failed to remove container %q` @ 1.5 to 1.36',
      'moby daemon/delete.go cleanupContainer: `driver %q failed to remove root filesystem`',
    ],
    means:
      /[Ff]ailed to remove container|RemoveContainer .{0,120}from runtime service failed|failed to remove root filesystem/,
    unless: /code = NotFound|[Nn]o such container|is already in progress/,
  }),
  logForm({
    id: 'pod-deleted',
    signal: 'pod-deleted',
    literals: ['SyncLoop (DELETE', 'SyncLoop DELETE'],
    sources: [
      'pkg/kubelet/kubelet.go syncLoopIteration @ 1.5 to 1.20 `SyncLoop (DELETE, "api")`, `"SyncLoop DELETE"` since',
    ],
    means: /SyncLoop \(?DELETE/,
  }),
  logForm({
    id: 'pod-orphaned',
    signal: 'pod-orphaned',
    literals: ['rphaned pod'],
    sources: ['pkg/kubelet/kubelet_volumes.go cleanupOrphanedPodDirs: `orphaned pod %q found, but ...` @ 1.3 to 1.36'],
    means: /[Oo]rphaned pod .{1,80} found, but|[Ff]ailed (?:to remove|cleaning up) orphaned pod/,
  }),
  logForm({
    id: 'pod-not-cleaned-up',
    signal: 'pod-not-cleaned-up',
    literals: ['have not been cleaned up', 'some containers are still running'],
    sources: [
      'pkg/kubelet/kubelet_pods.go PodResourcesAreReclaimed: `Pod %q is terminated, but some containers ...` @ 1.8 to 1.21',
    ],
    means:
      /is terminated, but some (?:containers|pod sandboxes|volumes) (?:are still running|have not been cleaned up)/,
  }),
  logForm({
    id: 'image-pull-failed',
    signal: 'image-pull-failed',
    literals: ['Failed to pull image', 'ErrImagePull', 'ImagePullBackOff'],
    sources: ['pkg/kubelet/images/image_manager.go, kuberuntime_image.go @ 1.5 to 1.36'],
    means: /Failed to pull image|ErrImagePull|ImagePullBackOff/,
  }),
];
