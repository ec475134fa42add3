const ID = 'bdf4dc0af526a317e248c994719eabb233a9db337d535351a277b1b324cf5fec';
const K = (where: string) => `E0703 20:03:25.881543 1946644 ${where}] `;
const C = (msg: string, level = 'error') => `time="2024-08-07T19:07:50.950859134+08:00" level=${level} msg=${msg}`;

/** Lines as each version writes them, by the signature in faults.ts that reads them. */
export const FAULT_SAMPLES: Readonly<Record<string, readonly string[]>> = {
  'kubelet-misconfigured': [
    'error: failed to run Kubelet: Running with swap on is not supported, please disable swap! or set --fail-swap-on flag to false.',
    `F0207 17:13:07.576611 21449 server.go:273] failed to run Kubelet: failed to create kubelet: misconfiguration: kubelet cgroup driver: "cgroupfs" is different from docker cgroup driver: "systemd"`,
    `F0207 17:13:07.576611 21449 server.go:273] failed to run Kubelet: failed to create kubelet: misconfiguration: kubelet cgroup driver: "'systemd'" is different from docker cgroup driver: "systemd"`,
    `${K('server.go:292')}"Failed to run kubelet" err="failed to run Kubelet: running with swap on is not supported, please disable swap! or set --fail-swap-on flag to false. /proc/swaps contained: [Filename]"`,
    'Failed to start ContainerManager failed to initialize top level QOS containers: failed to update top level Burstable QOS cgroup : failed to set supported cgroup subsystems for cgroup [kubepods burstable]: failed to find subsystem mount for required subsystem: pids',
    `${K('kubelet.go:1350')}Failed to start ContainerManager system validation failed - Following Cgroup subsystem not mounted: [cpu cpuacct cpuset memory]`,
    `${K('kubelet.go:1384')}"Failed to start ContainerManager" err="failed to initialize top level QOS containers: error validating root container [kubepods] : cgroup [\\"kubepods\\"] has some missing controllers: cpuset"`,
    'E1112 12:19:21.474821    4756 run.go:72] "command failed" err="failed to validate kubelet configuration, error: kubelet is configured to not run on a host using cgroup v1. cgroup v1 support is unsupported and will be removed in a future release, path: &TypeMeta{Kind:,APIVersion:,}"',
    `${K('kubelet.go:1384')}Failed to start ContainerManager [invalid kernel flag: vm/overcommit_memory, expected value: 1, actual value: 0]`,
    `${K('kubelet_node_status.go:93')}"Unable to register node with API server" err="nodes \\"n\\" is forbidden: node \\"m\\" is not allowed to modify node \\"n\\"" node="n"`,
    `${K('kuberuntime_manager.go:815')}CreatePodSandbox for pod "web-0_default(6f)" failed: open /run/systemd/resolve/resolv.conf: no such file or directory`,
    `${K('server.go:180')}"Failed to listen and serve" err="listen tcp 0.0.0.0:10250: bind: address already in use"`,
    `${K('cpu_manager.go:215')}"Could not initialize checkpoint manager" err="could not restore state from checkpoint: configured policy \\"static\\" differs from state checkpoint policy \\"none\\", please drain this node and delete the CPU manager checkpoint file \\"/var/lib/kubelet/cpu_manager_state\\" before restarting Kubelet"`,
  ],
  'kubelet-ends-on-settings': [
    `${K('run.go:74')}"command failed" err="failed to parse kubelet flag: unknown flag: --network-plugin"`,
    `${K('run.go:74')}"command failed" err="failed to run Kubelet: validate service connection: CRI v1 runtime API is not implemented for endpoint \\"unix:///run/containerd/containerd.sock\\": rpc error: code = Unimplemented desc = unknown service runtime.v1.RuntimeService"`,
    'F0101 10:00:00.000000    4756 server.go:156] unknown flag: --cadvisor-port',
    `F0101 10:00:00.000000    4756 server.go:198] unrecognized feature gate: DynamicKubeletConfig`,
    `${K('kubelet.go:1335')}"Failed to start cAdvisor" err="inotify_init: too many open files"`,
  ],
  'kubelet-panicked': [
    `${K('runtime.go:69')}Observed a panic: "invalid memory address or nil pointer dereference" (runtime error: invalid memory address or nil pointer dereference)`,
    `${K('encode.go:339')}"Observed a panic" panic="runtime error: invalid memory address or nil pointer dereference" panicGoValue="x"`,
    'Mar 26 11:27:00 n kubelet[29955]: panic: runtime error: invalid memory address or nil pointer dereference [recovered]',
    'Mar 26 11:27:00 n kubelet[29955]: fatal error: concurrent map iteration and map write',
  ],
  'exec-timeout': [
    `${K('remote_runtime.go:392')}ExecSync ${ID} 'cat /ready' from runtime service failed: rpc error: code = DeadlineExceeded desc = context deadline exceeded`,
    `${K('remote_runtime.go:496')}"ExecSync cmd from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded" containerID="${ID}" cmd=["cat","/ready"]`,
    `${K('prober.go:104')}"Probe errored" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded" probeType="Liveness" pod="default/web-0"`,
    C(
      `"ExecSync for \\"${ID}\\" failed" error="rpc error: code = DeadlineExceeded desc = failed to exec in container: context deadline exceeded"`,
    ),
  ],
  'runtime-misconfigured': [
    C(
      `"RunPodSandbox for &PodSandboxMetadata{Name:etcd,Uid:89f,Namespace:kube-system,Attempt:0,} failed, error" error="failed to create containerd task: OCI runtime create failed: expected cgroupsPath to be of format \\"slice:prefix:name\\" for systemd cgroups, got \\"/kubepods/burstable/pod89f/823\\" instead: unknown"`,
    ),
    `${K('remote_runtime.go:925')}"Status from runtime service failed" err="rpc error: code = Unimplemented desc = unknown service runtime.v1alpha2.RuntimeService"`,
    C(
      '"failed to load plugin \\"io.containerd.grpc.v1.cri\\"" error="invalid plugin config: \\"plugins.\\\\\\"io.containerd.grpc.v1.cri\\\\\\".systemd_cgroup\\" only works for runtime io.containerd.runtime.v1.linux"',
      'warning',
    ),
    C(
      '"failed to load plugin" error="failed to create CRI service: failed to find snapshotter \\"zfs\\"" id=io.containerd.grpc.v1.cri type=io.containerd.grpc.v1',
      'warning',
    ),
    'containerd: failed to load TOML: /etc/containerd/config.toml: (12, 4): was expecting token =',
    'unable to configure the Docker daemon with file /etc/docker/daemon.json: the following directives are specified both as a flag and in the configuration file: hosts: (from flag: [fd://], from file: [unix:///var/run/docker.sock])',
    `${K('remote_runtime.go:201')}"RunPodSandbox from runtime service failed" err="rpc error: code = Unknown desc = failed to get sandbox image \\"registry.k8s.io/pause:3.6\\": failed to pull image \\"registry.k8s.io/pause:3.6\\": failed to resolve reference"`,
    C('"RunPodSandbox failed" error="failed to get sandbox runtime: no runtime for \\"nvidia\\" is configured"'),
    'docker: Error response from daemon: unknown or invalid runtime name: nvidia.',
    C(
      '"RunPodSandbox failed" error="failed to create containerd task: failed to start shim: runtime \\"io.containerd.runc.v2\\" binary not installed \\"containerd-shim-runc-v2\\": file does not exist: unknown"',
    ),
    C(
      '"RunPodSandbox failed" error="failed to create containerd task: failed to start shim: exec: \\"runc\\": executable file not found in $PATH: unknown"',
    ),
    'failed to start daemon: error initializing graphdriver: driver not supported',
  ],
  'runtime-records-damaged': [
    'panic: invalid page type: 4: 10',
    'Mar 04 14:17:36 n containerd[2440692]: panic: assertion failed: Page expected to be: 3393, but self identifies as 6868074383292906018',
    'panic: freepages: failed to get all reachable pages (page 1011: multiple references)',
    C(
      '"RunPodSandbox failed" error="failed to create containerd container: failed to stat parent: stat /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/214/fs: no such file or directory"',
    ),
    C(`"Handler for POST /v1.40/containers/create returned error: layer does not exist"`),
    C(
      `"Failed to load container ${ID}: open /var/lib/docker/containers/${ID}/config.v2.json: no such file or directory"`,
    ),
    C(
      `"Handler for POST /v1.38/containers/create returned error: readlink /var/lib/docker/overlay2/l: invalid argument"`,
    ),
    C(
      '"Failed to recover state" error="failed to load status for container: unexpected end of JSON input"',
      'fatal',
    ).replace('Failed', 'failed'),
    `${K('docker_sandbox.go:240')}Failed to retrieve checkpoint for sandbox "${ID}": checkpoint is corrupted`,
  ],
  'runtime-records-disagree': [
    C(
      '"Handler for POST /v1.24/exec/079f/start returned error: rpc error: code = 2 desc = containerd: container not found"',
    ),
    `${K('remote_runtime.go:496')}"ExecSync cmd from runtime service failed" err="rpc error: code = NotFound desc = failed to exec in container: failed to load task: no running task found: task ${ID} not found: not found"`,
    C(`"Error response from daemon: Cannot kill container ${ID}: [2] Container does not exist: container destroyed"`),
    C(
      `"StopContainer for \\"${ID}\\" failed" error="OCI runtime state failed: runc did not terminate: container \\"${ID}\\" does not exist: unknown"`,
    ),
  ],
  'runtime-started': [
    C('"starting containerd" revision=2bf793ef version=1.7.19', 'info'),
    C('"Docker daemon" commit=a224086 graphdriver(s)=overlay2 version=18.09.8', 'info'),
    C('"Starting CRI-O, version: 1.20.3, git: d5a999ad0a35d895ded554e1e18c142075501a98(clean)"', 'info'),
  ],
  'task-state-timeout': [C(`"get state for ${ID}" error="context deadline exceeded: unknown"`)],
};
