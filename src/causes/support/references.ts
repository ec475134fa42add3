import type { Reference } from '../cause.ts';

/** Sources that several causes and states rest on: `file @ version`, or a document. */
export const REFERENCES = {
  freeze: { title: 'freeze_super() holds back every write until thaw', where: 'linux fs/super.c @ v6.12' },
  percpuWait: {
    title: 'Readers of a per-CPU semaphore sleep uninterruptibly',
    where: 'linux kernel/locking/percpu-rwsem.c @ v6.12',
  },
  uninterruptible: {
    title: 'TASK_UNINTERRUPTIBLE is woken by no signal, TASK_KILLABLE by a fatal one',
    where: 'linux include/linux/sched.h @ v6.12',
  },
  groupLeader: {
    title: 'wait(2) passes over a zombie thread-group leader while other threads live (delay_group_leader)',
    where: 'linux kernel/exit.c @ v6.12',
  },
  reparent: {
    title: 'Orphans go to the nearest subreaper or to PID 1 (find_new_reaper)',
    where: 'linux kernel/exit.c @ v6.12',
  },
  fuse: { title: 'FUSE: aborting a filesystem connection', where: 'linux Documentation/filesystems/fuse.rst @ v6.12' },
  nfsHard: {
    title: 'nfs(5): a hard mount retries for ever',
    where: 'https://man7.org/linux/man-pages/man5/nfs.5.html',
  },
  fsfreeze: { title: 'fsfreeze(8)', where: 'https://man7.org/linux/man-pages/man8/fsfreeze.8.html' },
  dockerKill: {
    title: 'killProcessDirectly: "is zombie and can not be killed. Use the --init option"',
    where: 'moby/moby daemon/container_operations_unix.go @ v20.10.24',
  },
  dockerLock: {
    title: 'Kill and inspect take the same lock of the container',
    where: 'moby/moby daemon/kill.go, daemon/inspect.go @ v20.10.24',
  },
  shimBlocks: {
    title: 'PodSandboxStatus may be blocked if one of the shim Status ttrpc call blocks',
    where: 'https://github.com/containerd/containerd/issues/8167',
  },
  relist: {
    title: 'relist lists all pods, then inspects the changed ones one after another',
    where: 'kubernetes/kubernetes pkg/kubelet/pleg/generic.go @ v1.20.2',
  },
  relistThreshold: {
    title: 'PLEG is unhealthy when no relist was seen for 3 minutes',
    where: 'kubernetes/kubernetes pkg/kubelet/pleg/generic.go @ v1.20.2',
  },
  runtimeSync: {
    title: 'the kubelet asks its runtime for its status every 5 s, and calls it down after 30 s without success',
    where: 'kubernetes/kubernetes pkg/kubelet/kubelet.go (updateRuntimeUp, maxWaitForContainerRuntime) @ v1.20.2',
  },
  readyCondition: {
    title: 'Ready is False while the runtime or PLEG reports errors',
    where: 'kubernetes/kubernetes pkg/kubelet/nodestatus/setters.go @ v1.20.2',
  },
  requestTimeout: {
    title: 'runtimeRequestTimeout: 2 minutes by default',
    where: 'kubernetes/kubernetes staging/src/k8s.io/kubelet/config/v1beta1/types.go @ v1.20.2',
  },
  relistDeadlock: {
    title: 'PLEG deadlocks when its event channel is full, fixed in 1.14',
    where: 'https://github.com/kubernetes/kubernetes/issues/72482',
  },
  nodeLease: {
    title: 'A node whose lease is not renewed turns Unknown',
    where: 'https://kubernetes.io/docs/reference/node/node-status/',
  },
  nodeLifecycle: {
    title: 'A node that is not heard of for the grace period turns Unknown (monitorNodeHealth)',
    where: 'kubernetes/kubernetes pkg/controller/nodelifecycle/node_lifecycle_controller.go @ v1.20.2',
  },
  nodeStatus: {
    title: 'The kubelet patches its node status through the API server, five tries every 10 s',
    where: 'kubernetes/kubernetes pkg/kubelet/kubelet_node_status.go @ v1.20.2',
  },
  clientCertificate: {
    title: 'The kubelet rotates its client certificate; an expired one cannot ask for the next',
    where: 'https://kubernetes.io/docs/tasks/tls/certificate-rotation/',
  },
  cniPodLock: {
    title: 'Setting up, tearing down and asking for the status of a pod’s network take one lock per pod',
    where: 'kubernetes/kubernetes pkg/kubelet/dockershim/network/plugins.go @ v1.20.2',
  },
  cniSpec: {
    title: 'CNI: the runtime runs the plugin and waits for it to end',
    where: 'https://www.cni.dev/docs/spec/',
  },
  cni: {
    title: 'NetworkReady=false keeps the node NotReady',
    where: 'kubernetes/kubernetes pkg/kubelet/kubelet.go @ v1.20.2',
  },
  restartKeepsShims: {
    title: 'containerd reconnects to its shims when it starts, and deletes those it cannot reach',
    where: 'https://github.com/containerd/containerd/blob/main/core/runtime/v2/README.md',
  },
  kubeletChecks: {
    title: 'The kubelet validates flags, files and the host when it starts, and ends where they do not fit',
    where: 'kubernetes/kubernetes cmd/kubelet/app/server.go, pkg/kubelet/kubelet.go @ v1.20.2',
  },
  kubeletSwap: {
    title: 'running with swap on is not supported, please disable swap! or set --fail-swap-on flag to false',
    where: 'kubernetes/kubernetes pkg/kubelet/cm/container_manager_linux.go @ v1.20.2',
  },
  kubeletCgroups: {
    title: 'failed to find subsystem mount for required subsystem',
    where: 'kubernetes/kubernetes pkg/kubelet/cm/cgroup_manager_linux.go @ v1.20.2',
  },
  criConfig: {
    title: 'Container runtimes: the CRI plugin, the cgroup driver and the sandbox image',
    where: 'https://kubernetes.io/docs/setup/production-environment/container-runtimes/',
  },
  cgroupDriver: {
    title: 'expected cgroupsPath to be of format "slice:prefix:name" for systemd cgroups',
    where: 'opencontainers/runc libcontainer/specconv/spec_linux.go @ v1.1.12',
  },
  boltCorrupt: {
    title: 'containerd start panic because of abnormal shutdown: bbolt, page expected to be ...',
    where: 'https://github.com/containerd/containerd/issues/9929',
  },
  layersGone: {
    title: 'failed to stat parent: the layer is in metadata.db, its files are gone',
    where: 'https://github.com/containerd/containerd/issues/3369',
  },
  statesDiffer: {
    title: 'process exited, containerd task is stopped, but docker container is running',
    where: 'https://github.com/docker/for-linux/issues/779',
  },
  runcHangs: {
    title: 'runc does not terminate causing containerd-shim to hang; killing the hung runc process restores the system',
    where: 'https://github.com/opencontainers/runc/issues/2314',
  },
  runcPipe: {
    title: 'runc init blocked in write: the shim reads the pipe only after runc has ended',
    where: 'https://github.com/containerd/containerd/issues/4434',
  },
  runcClosedPipe: {
    title: 'runc 1.0.0-rc93: deadlock on a closed pipe',
    where: 'https://github.com/opencontainers/runc/pull/2871',
  },
  execHang: {
    title: 'when dozens of exec processes run in a shim at once, the shim hangs',
    where: 'https://github.com/containerd/containerd/issues/2709',
  },
  execLeak: {
    title: 'A lot of ExecSync leaks goroutines until containerd reaches its limit of threads',
    where: 'https://github.com/containerd/containerd/issues/9668',
  },
  execTimeout: {
    title: 'Exec probes honour timeoutSeconds only since 1.20 (ExecProbeTimeout)',
    where: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
  },
  daemonDeadlock: {
    title: 'controller deadlock: goroutines blocked on a mutex that is never released',
    where: 'https://github.com/moby/libnetwork/issues/2649',
  },
  dumpStacks: {
    title: 'dockerd and containerd write their goroutine stacks on SIGUSR1',
    where: 'moby/moby daemon/debugtrap_unix.go @ v20.10.24, containerd cmd/containerd/command/main_unix.go @ v1.7.0',
  },
  kubeletPanic: {
    title: 'HandleCrash logs "Observed a panic" and lets the process end (ReallyCrash)',
    where: 'kubernetes/kubernetes staging/src/k8s.io/apimachinery/pkg/util/runtime/runtime.go @ v1.20.2',
  },
  kubeletWedged: {
    title: 'kubelet SyncLoop hangs at GetCgroupStats: cAdvisor encounters a possible deadlock',
    where: 'https://github.com/kubernetes/kubernetes/issues/102481',
  },
  manyContainers: {
    title: 'Node flapping between Ready/NotReady with PLEG issues: over 1000 exited containers',
    where: 'https://github.com/kubernetes/kubernetes/issues/45419',
  },
} as const satisfies Record<string, Reference>;
