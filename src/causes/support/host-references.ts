import type { Reference } from '../cause.ts';

/** Sources of the causes that lie in the host: mounts, cgroups, systemd, device plugins, kernel, clock, hardware. */
export const HOST_REFERENCES = {
  lazyRemove: {
    title:
      'rmdir of a mount point fails with EBUSY while it is mounted in another namespace (before 3.18, and where fs.may_detach_mounts is 0)',
    where: 'linux fs/namei.c vfs_rmdir, fs/namespace.c __detach_mounts @ v3.10 and v3.18',
  },
  removeRootfs: {
    title: 'cleanupContainer: "driver %q failed to remove root filesystem", and the container stays as dead',
    where: 'moby/moby daemon/delete.go @ v20.10.24',
  },
  leakedMounts: {
    title: 'node-exporter prevents docker from removing monitored containers',
    where: 'https://github.com/prometheus-operator/prometheus-operator/issues/2578',
  },
  busyVolume: {
    title: 'Pods stuck in Terminating: UnmountVolume.TearDown failed, target is busy',
    where: 'https://github.com/kubernetes/kubernetes/issues/113426',
  },
  podReclaimed: {
    title:
      'A pod is deleted from the API only once its containers are gone and its volumes unmounted (PodResourcesAreReclaimed)',
    where: 'kubernetes/kubernetes pkg/kubelet/kubelet_pods.go @ v1.20.2',
  },
  allocateNoDeadline: {
    title: 'Allocate and GetPreferredAllocation are called with context.Background(): no deadline',
    where: 'kubernetes/kubernetes pkg/kubelet/cm/devicemanager/endpoint.go @ v1.20.2',
  },
  pluginStopped: {
    title: 'kubelet will be stuck all the time when device plugin process is in T status',
    where: 'https://github.com/kubernetes/kubernetes/issues/117435',
  },
  admissionBlocks: {
    title: 'devicemanager stuck in Allocate RPC and causing all new coming pods pending on admitting',
    where: 'https://github.com/kubernetes/kubernetes/issues/129249',
  },
  xid: { title: 'NVIDIA Xid errors', where: 'https://docs.nvidia.com/deploy/xid-errors/index.html' },
  systemdNoAnswer: {
    title: 'docker-runc hangs in systemd.UseSystemd: systemd answers no D-Bus call',
    where: 'https://github.com/opencontainers/runc/issues/1959',
  },
  busyWithMounts: {
    title: 'When systemd is busy with many mounts, runc hangs',
    where: 'https://github.com/opencontainers/runc/issues/3904',
  },
  kubeletDbus: {
    title: 'dbus hang when call godbus client in kubelet',
    where: 'https://github.com/godbus/dbus/issues/221',
  },
  crioDbus: {
    title: 'sd-bus’s message number overflows in systemd before 242: crictl ps answers, crictl inspect and images hang',
    where: 'https://github.com/systemd/systemd/issues/11809, https://github.com/cri-o/cri-o/issues/2584',
  },
  memcgIds: {
    title: 'MEM_CGROUP_ID_MAX: no more than 65535 memory cgroups; mkdir fails with ENOSPC beyond',
    where: 'linux mm/memcontrol.c @ v6.12',
  },
  kmemLeak: {
    title: 'Cgroups leak with kernel memory accounting on 3.10',
    where: 'https://github.com/kubernetes/kubernetes/issues/61937',
  },
  unitLimit: {
    title: 'Mount points pile up until systemd has no unit name left (MANAGER_MAX_NAMES)',
    where: 'https://github.com/redhat-plumbers/systemd-rhel7/issues/118',
  },
  transientMounts: {
    title: 'Stale "Kubernetes transient mount" scopes: the kubelet spends its CPU on scanning cgroups',
    where: 'https://github.com/kubernetes/kops/issues/5916',
  },
  dyingCgroups: {
    title: 'nr_dying_descendants: cgroups that were deleted and still hold memory',
    where: 'linux Documentation/admin-guide/cgroup-v2.rst @ v6.12',
  },
  unregister: {
    title: 'netdev_wait_allrefs: an interface cannot go while something still refers to it',
    where: 'linux net/core/dev.c @ v6.12; https://github.com/moby/moby/issues/5618',
  },
  rtnl: {
    title: 'rtnl_lock is one mutex for all changes of the network',
    where: 'linux net/core/rtnetlink.c @ v6.12',
  },
  xfsMemory: {
    title: 'XFS: possible memory allocation deadlock in kmem_alloc: it tries again for ever',
    where:
      'linux fs/xfs/kmem.c @ v4.19; https://blog.codecentric.de/en/2017/04/xfs-possible-memory-allocation-deadlock-kmem_alloc/',
  },
  lockups: {
    title: 'Soft and hard lockup detectors',
    where: 'linux Documentation/admin-guide/lockup-watchdogs.rst @ v6.12',
  },
  hungTask: {
    title: 'khungtaskd tells of tasks that stayed in D for 120 s',
    where: 'linux kernel/hung_task.c @ v6.12',
  },
  renewTime: {
    title: 'The node lifecycle controller counts a lease as renewed only if renewTime is later than before',
    where: 'https://github.com/kubernetes/kubernetes/issues/113081',
  },
  timeForward: {
    title: 'Nodes become NotReady when time jumps forward',
    where: 'https://github.com/kubernetes/kubernetes/issues/108844',
  },
  rateLimiter: {
    title: 'Kubelet stops posting its status when the clock is set back: its rate limiter waits for the old time',
    where: 'https://github.com/kubernetes/kubernetes/issues/54130',
  },
  edac: { title: 'EDAC: ce_count, ue_count', where: 'linux Documentation/driver-api/edac.rst @ v6.12' },
  memoryFailure: {
    title: 'Memory failure: processes that use a poisoned page are killed with SIGBUS',
    where: 'linux Documentation/mm/hwpoison.rst @ v6.12',
  },
  diskRetries: {
    title: 'A disk that cannot read retries for seconds to minutes before it gives up (SCSI timeout 30 s, five tries)',
    where: 'linux drivers/scsi/sd.h SD_TIMEOUT, SD_MAX_RETRIES @ v6.12',
  },
  gracefulShutdown: {
    title: 'Graceful node shutdown: Ready turns False with "node is shutting down"',
    where: 'kubernetes/kubernetes pkg/kubelet/nodeshutdown/nodeshutdown_manager_linux.go @ v1.20.2',
  },
  rebooted: {
    title: 'A boot id that changed gives the event Rebooted',
    where: 'kubernetes/kubernetes pkg/kubelet/nodestatus/setters.go @ v1.20.2',
  },
} as const satisfies Record<string, Reference>;
