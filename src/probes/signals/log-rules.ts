import type { FactOf } from '../../evidence/observation.ts';

export type LogSignal = FactOf<'log-signal'>['signal'];

/** A meaning and the words that carry it. */
export interface LogRule {
  readonly signal: LogSignal;
  readonly means: RegExp;
  /** Must stand in the line as well. */
  readonly and?: RegExp;
  /** The same words mean nothing where these stand beside them. */
  readonly unless?: RegExp;
}

/** A gRPC call ran into its deadline; dockershim says `operation timeout` (libdocker/kube_docker_client.go). */
const DEADLINE = /DeadlineExceeded|context deadline exceeded|operation timeout/;

/** What a kubelet says to the API server all the time: its lease every 10 s, its node status, what it lists and watches. */
const TO_API_SERVER =
  /Error updating node status|Unable to register node|failed to (?:ensure (?:node )?lease exists|update (?:node )?lease)|Failed to (?:list|watch) \*?v1\.|Unable to retrieve the node's/i;
const NO_WAY_THERE =
  /connection refused|i\/o timeout|no route to host|network is unreachable|no such host|server misbehaving|deadline exceeded|Client\.Timeout|TLS handshake timeout|connection reset|client connection lost|unexpected EOF/;

/**
 * Where the words come from. Each is matched in the form of older kubelets (klog text) and of newer ones (structured
 * klog, JSON), as logs quoted in public issues have them.
 * - `PLEG is not healthy: pleg was last seen active %v ago; threshold is %v`, `pleg has yet to be successful`:
 *   pkg/kubelet/runtime.go (runtimeErrors) and pleg/generic.go (Healthy), logged by syncLoop in kubelet.go.
 * - `GenericPLEG: Unable to retrieve pods`, `PLEG: Write status`, `Event channel is full, discard this relist() cycle
 *   event`: pleg/generic.go; `pleg event channel capacity is full`: pleg/evented.go.
 * - `ContainerStatus %q from runtime service failed: %v` and `"ContainerStatus from runtime service failed" err=`:
 *   pkg/kubelet/cri/remote/remote_runtime.go, later staging/src/k8s.io/cri-client/pkg/remote_runtime.go.
 * - `Node became not ready`: pkg/kubelet/nodestatus/setters.go (ReadyCondition), on a change only; `Recording %s event
 *   message for node` and `"Recording event message for node" event=`: kubelet_node_status.go, at verbosity 2.
 * - `container runtime is down`: pkg/kubelet/runtime.go; `Container runtime sanity check failed`, `Container runtime
 *   network not ready`, `Container runtime not ready`: updateRuntimeUp in pkg/kubelet/kubelet.go.
 * - `PID %d is zombie and can not be killed`, `did not receive an exit event`, `trying direct SIGKILL`: moby's
 *   daemon/kill.go and what it calls.
 * - `StopContainer for %q failed`, `an error occurs during waiting for container %q to be killed`, `failed to handle
 *   container TaskExit event`: containerd's CRI plugin; `shim disconnected`: containerd's runtime/v2, which writes it
 *   after each ordinary end of a container as well.
 * - `Error updating node status, will retry`, `Unable to register node`: pkg/kubelet/kubelet_node_status.go; `failed to
 *   ensure lease exists`, `failed to update lease` (until 1.16 `node lease`): component-helpers lease/controller.go;
 *   `Failed to watch`: client-go tools/cache/reflector.go.
 * - `networkPlugin cni failed to set up pod`, `failed to teardown pod`: dockershim/network/plugins.go @ v1.20.2;
 *   `failed to setup network for sandbox`, `failed to destroy network for sandbox`: containerd's CRI plugin;
 *   `plugin type="calico" failed (add)`: containernetworking/cni pkg/invoke.
 * - `must evict pod(s) to reclaim`, `is evicted successfully`: pkg/kubelet/eviction/eviction_manager.go.
 */
export const RULES: readonly LogRule[] = [
  { signal: 'pleg-unhealthy', means: /PLEG is not healthy/i },
  { signal: 'relist-failed', means: /GenericPLEG: Unable to retrieve pods/ },
  { signal: 'event-channel-full', means: /event channel is full, discard this relist|event channel capacity is full/i },
  {
    signal: 'runtime-call-timeout',
    means: /from runtime service failed|PLEG: (?:Write status|Ignoring events)|failed to inspect container/,
    and: DEADLINE,
    // An exec probe that takes too long times out by its own, short deadline.
    unless: /\bExec(?:Sync)? |timeout \S{1,12} exceeded/,
  },
  { signal: 'runtime-call-timeout', means: /failed to handle container TaskExit event/, and: DEADLINE },
  {
    signal: 'runtime-down',
    means:
      /container runtime is (?:down|not up)|Container runtime sanity check failed|Container runtime not ready|Cannot connect to the Docker daemon/i,
  },
  {
    signal: 'runtime-down',
    means:
      /dial unix \S{0,200}(?:docker|containerd|crio|dockerd)\S{0,40}sock: connect: (?:connection refused|no such file)/,
  },
  {
    signal: 'network-not-ready',
    means: /runtime network not ready|NetworkPluginNotReady|network plugin is not ready|cni plugin not initialized/i,
  },
  {
    signal: 'container-kill-failed',
    means:
      /Kill container failed|termination failed with gracePeriod|killContainer for pod failed|KillContainerError|StopContainer \S{0,80} ?from runtime service failed/i,
    unless: /code = NotFound/,
  },
  {
    signal: 'container-kill-failed',
    means:
      /is zombie and can not be killed|did not receive an exit event|trying direct SIGKILL|during waiting for container \S{1,80} to be killed/,
  },
  { signal: 'container-kill-failed', means: /StopContainer for \S{1,80} failed/ },
  { signal: 'node-became-not-ready', means: /Node became not ready/ },
  {
    signal: 'node-became-not-ready',
    means: /Recording (?:NodeNotReady event|event .{0,120}event["=:]{1,3}NodeNotReady)/,
  },
  { signal: 'node-became-ready', means: /Recording (?:NodeReady event|event .{0,120}event["=:]{1,3}NodeReady\b)/ },
  { signal: 'node-became-ready', means: /updating node status as it just became ready/ },
  { signal: 'kubelet-started', means: /Starting kubelet main sync loop/ },
  { signal: 'kubelet-started', means: /"Kubelet version"|server\.go:\d+\] (?:Kubelet v|V)ersion: v\d/ },
  {
    signal: 'certificate-expired',
    means: /certificate has expired or is not yet valid|client certificate .{0,200}(?:is|has) expired/,
    unless: /pull|image/i,
  },
  {
    signal: 'disk-pressure',
    means:
      /NodeHasDiskPressure|attempting to reclaim.{0,40}(?:ephemeral-storage|nodefs|imagefs|inodes|containerfs)|no space left on device/i,
  },
  { signal: 'shim-disconnected', means: /shim disconnected/, unless: /cleaning up after shim disconnected/ },
  { signal: 'api-server-unreachable', means: TO_API_SERVER, and: NO_WAY_THERE },
  {
    signal: 'api-server-unauthorized',
    means: TO_API_SERVER,
    and: /Unauthorized|You must be logged in|asked for the client to provide credentials/,
  },
  {
    signal: 'cni-failed',
    means:
      /failed to (?:set up|teardown) pod .{0,300}network|failed to (?:set ?up|destroy|tear ?down) network for (?:pod )?sandbox|plugin type=\S{1,80}.{0,120} failed \((?:add|del|delete)\)/i,
    // No plugin was called at all: that is a network that is not ready.
    unless: /cni config uninitialized|cni plugin not initialized/,
  },
  { signal: 'eviction', means: /must evict pod\(s\) to reclaim|is evicted successfully|evicted pod/i },
  { signal: 'memory-pressure', means: /NodeHasInsufficientMemory|attempting to reclaim.{0,40}\bmemory/i },
  { signal: 'pid-pressure', means: /NodeHasInsufficientPID|attempting to reclaim.{0,40}\bpids?\b/i },
  { signal: 'image-pull-failed', means: /Failed to pull image|ErrImagePull|ImagePullBackOff/ },
];
