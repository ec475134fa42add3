import type { Signature } from '../signature.ts';
import { logForm } from './form.ts';
import { DEADLINE } from './runtime-call.ts';

// What breaks the chain by settings, records or bugs, in the words of kubelet, dockerd, containerd, CRI-O and runc.

const PANICKED = logForm({
  id: 'kubelet-panicked',
  signal: 'kubelet-panicked',
  literals: ['Observed a panic', 'panic: ', 'fatal error: '],
  sources: [
    'apimachinery pkg/util/runtime/runtime.go: `Observed a panic` @ 1.5 to 1.36',
    'Go runtime/panic.go: `panic: `, `fatal error: ` @ 1.5 to 1.25',
  ],
  means: /Observed a panic|^(?:E\d{4} .{0,60})?(?:panic|fatal error): /,
  // Those of a runtime and of a kubelet that says why it ends are told apart elsewhere.
  unless:
    /invalid page type|freepages|Page expected to be|already freed|freelist|containerd|docker|out of memory|pthread_create|newosproc|[Kk]ernel panic/,
});

/** Go's own words stand in every program's output; the kubelet's are told by who wrote them. */
const KUBELET_PANICKED: Signature = {
  ...PANICKED,
  read: (message, line) =>
    line.component === 'kubelet' || message.includes('Observed a panic') ? PANICKED.read(message, line) : null,
};

const KUBELET_FAULTS: readonly Signature[] = [
  logForm({
    id: 'kubelet-misconfigured',
    signal: 'kubelet-misconfigured',
    literals: [
      'unning with swap on is not supported',
      'is different from docker cgroup driver',
      'for required subsystem',
      'Cgroup subsystem not mounted',
      'no mount for the',
      'has some missing',
      'on a host using cgroup v1',
      'invalid kernel flag',
      'is not allowed to modify node',
      'resolv.conf: no such file',
      'bind: address already in use',
      'differs from state checkpoint policy',
    ],
    sources: [
      'pkg/kubelet/cm/container_manager_linux.go: `running with swap on is not supported` @ 1.9 to 1.36, with a capital before, `system validation failed - Following Cgroup subsystem not mounted: %v` @ 1.2 to 1.36, `invalid kernel flag: %v` @ 1.3 to 1.36',
      'pkg/kubelet/kubelet.go, later dockershim/docker_service.go: `misconfiguration: kubelet cgroup driver: %q is different from docker cgroup driver: %q` @ 1.6 to 1.23',
      'pkg/kubelet/cm/cgroup_manager_linux.go: `failed to find subsystem mount for required subsystem: %v` @ 1.8 to 1.27; `cgroup %q has some missing controllers: %v` @ 1.22 to 1.36',
      'pkg/kubelet/apis/config/validation/validation_linux.go: `kubelet is configured to not run on a host using cgroup v1` @ 1.31 to 1.36',
      'plugin/pkg/admission/noderestriction/admission.go: `node %q is not allowed to modify node %q` @ 1.7 to 1.36',
      'pkg/kubelet/network/dns/dns.go: `open %s: no such file or directory` of resolvConf @ 1.9 to 1.36',
      'pkg/kubelet/cm/cpumanager/state/state_checkpoint.go: `configured policy %q differs from state checkpoint policy %q` @ 1.10 to 1.36',
    ],
    means:
      /[Rr]unning with swap on is not supported|cgroup driver: .{1,40} is different from docker cgroup driver|(?:failed to find subsystem mount|no mount) for (?:the |required subsystem: )\w+|Following Cgroup subsystem not mounted|cgroup .{1,80} has some missing (?:controllers|paths)|not run on a host using cgroup v1|invalid kernel flag: |is not allowed to modify node|open \S{1,120}resolv\.conf: no such file|listen tcp \S{0,60}:(?:10250|10255|10248): bind: address already in use|differs from state checkpoint policy/,
    unless: /\[preflight\]|kubeadm/,
  }),
  logForm({
    id: 'kubelet-ends-on-settings',
    signal: 'kubelet-failed',
    literals: ['command failed', 'unknown flag: --', 'nrecognized feature gate', 'ailed to start cAdvisor'],
    sources: [
      'component-base/cli/run.go: `"command failed" err=` @ 1.23 to 1.36',
      'cmd/kubelet/app/server.go: `failed to parse kubelet flag`, `failed to validate kubelet flags`, `failed to validate kubelet configuration`, `failed to set feature gates` @ 1.23 to 1.36; the error of pflag or of component-base alone before',
      'pkg/kubelet/kubelet.go initializeRuntimeDependentModules: `Failed to start cAdvisor` @ 1.2 to 1.36',
    ],
    means:
      /command failed.{0,20}err=.{0,200}[Kk]ubelet|unknown flag: --|unrecognized feature gate|Failed to start cAdvisor|failed to (?:parse|validate|load|merge|construct) [Kk]ubelet/,
  }),
  KUBELET_PANICKED,
  logForm({
    id: 'exec-timeout',
    signal: 'exec-timeout',
    literals: ['ExecSync', 'robe errored', 'exec in container'],
    sources: [
      'pkg/kubelet/cri/remote/remote_runtime.go ExecSync: `ExecSync %s \'%s\' from runtime service failed` @ 1.5 to 1.20, `"ExecSync cmd from runtime service failed"` since',
      'pkg/kubelet/prober/prober.go: `%s probe for %q errored`, event `Liveness probe errored: %v` @ 1.2 to 1.36',
      'containerd CRI plugin instrumented_service.go: `ExecSync for %q failed` @ 1.0 to 2.x; container_execsync.go: `failed to exec in container`',
    ],
    means: /\bExecSync\b.{0,300}(?:failed|error)|[Pp]robe (?:for .{1,200} )?errored|failed to exec in container/,
    and: /DeadlineExceeded|deadline exceeded|operation timeout/,
    // The command itself was too slow: that tells of the container, not of what runs it.
    unless: /timeout \S{1,12} exceeded/,
  }),
];

const RUNTIME_FAULTS: readonly Signature[] = [
  logForm({
    id: 'runtime-misconfigured',
    signal: 'runtime-misconfigured',
    literals: [
      'expected cgroupsPath to be of format',
      'unknown service runtime.v1',
      'CRI v1 runtime API is not implemented',
      'grpc.v1.cri',
      'failed to load TOML',
      'invalid plugin config',
      'nable to configure the Docker daemon',
      'failed to get sandbox image',
      '" is configured',
      'unknown or invalid runtime',
      'Unknown runtime specified',
      'binary not installed',
      'executable file not found',
      'error initializing graphdriver',
      'cgroup mount destination',
      'cgroups v2: unknown',
    ],
    component: 'containerd',
    sources: [
      'runc libcontainer/specconv/spec_linux.go: `expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups, got %q instead` @ 1.0.0-rc5 to 1.3',
      'grpc-go server.go: `unknown service %v`; cri-client: `validate service connection: CRI v1 runtime API is not implemented for endpoint` @ kubelet 1.24 to 1.36',
      'containerd services/server/server.go: `failed to load plugin` with the id of the CRI plugin @ 1.1 to 2.x; config.go: `failed to load TOML`, `invalid plugin config`',
      'containerd CRI plugin sandbox_run.go: `failed to get sandbox image %q`, `no runtime for %q is configured` @ 1.0 to 2.x; runtime/v2/binary: `runtime %q binary not installed`',
      'moby cmd/dockerd/daemon.go: `unable to configure the Docker daemon with file`; daemon.go: `error initializing graphdriver`; `unknown or invalid runtime name` @ 17.06 to 29',
      "runc libcontainer/cgroups: `cannot find cgroup mount destination`; main.go @ before 1.0.0-rc91: `this version of runc doesn't work on cgroups v2`",
      'Go os/exec ErrNotFound: `exec: "runc": executable file not found in $PATH`',
    ],
    means:
      /expected cgroupsPath to be of format|unknown service runtime\.v1(?:alpha\d)?\.(?:Runtime|Image)Service|CRI v1 runtime API is not implemented|failed to load plugin\b.{0,40}grpc\.v1\.cri|failed to load plugin\\?" .{0,400}\bid=io\.containerd\.grpc\.v1\.cri|failed to load TOML|invalid plugin config|unable to configure the Docker daemon|failed to get sandbox image|no runtime for \S{1,80} is configured|unknown or invalid runtime|Unknown runtime specified|runtime \S{1,120} binary not installed|exec: \\*"(?:\/\S{0,80}\/)?(?:docker-)?(?:runc|crun|conmon|containerd-shim[\w-]{0,20}|nvidia-container-runtime[\w.-]{0,20})\\*": executable file not found|error initializing graphdriver|cannot find cgroup mount destination|this version of runc doesn't work on cgroups v2/i,
    unless: /skip loading plugin/,
  }),
  logForm({
    id: 'runtime-records-damaged',
    signal: 'runtime-records-damaged',
    literals: [
      'invalid page type',
      'freepages: ',
      'Page expected to be',
      'already freed',
      'invalid freelist page',
      'meta.db',
      'failed to stat parent',
      'parent snapshot',
      'missing parent',
      'content digest',
      'error creating overlay mount',
      'devmapper: Unknown device',
      'layer does not exist',
      'ailed to load container',
      'ailed to recover state',
      'checkpoint is corrupted',
      ': invalid argument',
      'config.v2.json',
      'failed to load status',
    ],
    component: 'containerd',
    sources: [
      'bbolt page.go, tx_check.go, freelist.go: `invalid page type: %d: %x`, `freepages: failed to get all reachable pages`, `Page expected to be: %v, but self identifies as %v`, `page %d already freed` @ 1.3 to 1.4; db.go ErrInvalid `invalid database`',
      'containerd snapshots/storage/bolt.go: `missing parent %q bucket: not found` @ 1.2 to 2.x',
      'containerd snapshots/overlay/overlay.go: `failed to stat parent: stat .../snapshots/N/fs: no such file or directory` @ 1.2 to 2.x',
      'moby layer/layer.go ErrLayerDoesNotExist: `layer does not exist`; daemon/daemon.go restore: `Failed to load container %v`, `Failed to load container mount` @ 1.12 to 29; graphdriver/overlay2: `readlink ...: invalid argument`',
      'containerd CRI plugin restart.go: `failed to recover state`, `Failed to load container %q`, `failed to load status` @ 1.0 to 2.x',
      'pkg/kubelet/checkpointmanager/errors: `checkpoint is corrupted` @ 1.11 to 1.36',
    ],
    means:
      /(?:panic|assertion failed|error).{0,40}(?:invalid page type: |freepages: failed|Page expected to be: \d|page \d{1,12} already freed|invalid freelist page)|meta\.db\b.{0,120}(?:invalid database|checksum error|version mismatch|invalid)|failed to stat parent: stat \S{1,300}: no such file|parent snapshot \S{1,120} does not exist: not found|missing parent \S{1,200} bucket: not found|content digest sha256:[0-9a-f]{6,64}: not found|error creating overlay mount to \S{1,200}: no such file|devmapper: Unknown device|layer does not exist|Failed to load container (?:mount )?\\?"?[0-9a-f]{12,64}|failed to recover state|failed to load status .{0,200}(?:no such file|unexpected end of JSON|invalid character)|checkpoint is corrupted|readlink \S{0,200}\/overlay2?\S{0,200}: invalid argument|config\.v2\.json\S{0,10}(?:: | ).{0,80}(?:no such file|unexpected end of JSON|invalid character)/i,
    unless: /cpu.?manager|memory.?manager|device.?manager|DRA|please drain/i,
  }),
  logForm({
    id: 'runtime-records-disagree',
    signal: 'runtime-records-disagree',
    literals: [
      'containerd: container not found',
      'no running task found',
      'does not exist: unknown',
      'container destroyed',
    ],
    component: 'dockerd',
    sources: [
      'docker/containerd 0.2 runtime/errors.go: `containerd: container not found` @ docker 1.11 to 17.10',
      'containerd errdefs: `no running task found: task %s not found` @ 1.0 to 2.x',
      'runc libcontainer: `container %q does not exist`, quoted as `OCI runtime state failed` @ 1.0 to 1.3',
      'runc libcontainer/error.go ContainerDoesNotExist: `container destroyed` @ before 1.0',
    ],
    means:
      /containerd: container not found|no running task found|OCI runtime \w{1,20} failed.{0,200}does not exist: unknown|Container does not exist: container destroyed/,
  }),
  logForm({
    id: 'runtime-started',
    signal: 'runtime-started',
    literals: ['starting containerd', 'Docker daemon" commit', 'Starting CRI-O'],
    component: 'containerd',
    sources: [
      'containerd cmd/containerd/command/main.go: `starting containerd` revision= version= @ 1.0 to 2.x',
      'moby daemon/daemon.go, cmd/dockerd: `Docker daemon` commit= version= @ 1.12 to 29',
      'cri-o cmd/crio/main.go: `Starting CRI-O, version: %s` @ 1.20 to 1.36',
    ],
    means: /msg="starting containerd"|msg="Docker daemon" commit|Starting CRI-O/,
  }),
  logForm({
    id: 'task-state-timeout',
    signal: 'task-state-timeout',
    literals: ['get state for'],
    component: 'containerd',
    sources: ['containerd services/tasks/local.go getProcessState, List: `get state for %s` @ 1.3 to 2.x'],
    means: /get state for [0-9a-f]{12,64}/,
    and: DEADLINE,
  }),
];

/** Settings, records and bugs that break the chain. */
export const FAULTS: readonly Signature[] = [...KUBELET_FAULTS, ...RUNTIME_FAULTS];
