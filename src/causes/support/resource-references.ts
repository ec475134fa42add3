import type { Reference } from '../cause.ts';

/** Sources on CPU, disks, memory, room and countable limits. */
export const RESOURCE_REFERENCES = {
  psi: { title: 'Pressure stall information', where: 'https://docs.kernel.org/accounting/psi.html' },
  bandwidth: {
    title: 'CFS bandwidth control: quota, throttled periods',
    where: 'https://docs.kernel.org/scheduler/sched-bwc.html',
  },
  schedstat: {
    title: '/proc/PID/schedstat: time on and waiting for a CPU',
    where: 'https://docs.kernel.org/scheduler/sched-stats.html',
  },
  iostats: { title: 'I/O statistics fields', where: 'https://docs.kernel.org/admin-guide/iostats.html' },
  writeback: { title: 'Writeback throttling and its target latency', where: 'linux block/blk-wbt.c @ v6.12' },
  rqQos: {
    title: 'rq_qos_wait sleeps uninterruptibly until requests complete',
    where: 'linux block/blk-rq-qos.c @ v6.12',
  },
  cgroup: {
    title: 'Control group v2: cpu, memory, io and pids',
    where: 'https://docs.kernel.org/admin-guide/cgroup-v2.html',
  },
  pids: { title: 'Process number controller', where: 'https://docs.kernel.org/admin-guide/cgroup-v1/pids.html' },
  oom: { title: 'The OOM killer and how it names its reason', where: 'linux mm/oom_kill.c @ v6.12' },
  fileMax: { title: 'file-max and file-nr', where: 'https://docs.kernel.org/admin-guide/sysctl/fs.html' },
  threadsMax: { title: 'pid_max and threads-max', where: 'https://docs.kernel.org/admin-guide/sysctl/kernel.html' },
  inotify: {
    title: 'inotify(7): EMFILE when a user has max_user_instances',
    where: 'https://man7.org/linux/man-pages/man7/inotify.7.html',
  },
  inotifyKubelet: {
    title: 'Kubelet does not start: inotify_init: too many open files',
    where: 'https://github.com/kubernetes/kubernetes/issues/58081',
  },
  forkFails: {
    title: 'fork/exec: resource temporarily unavailable, then PLEG is not healthy',
    where: 'https://github.com/kubernetes/kubernetes/issues/79466',
  },
  newosproc: {
    title: 'A Go program ends when it cannot create a thread (newosproc)',
    where: 'golang/go src/runtime/os_linux.go @ go1.22',
  },
  bolt: {
    title: 'The metadata database grows by DefaultAllocSize and syncs each write',
    where: 'etcd-io/bbolt db.go @ v1.3.12',
  },
  evictionDefaults: {
    title: 'Default hard eviction thresholds',
    where: 'kubernetes/kubernetes pkg/kubelet/eviction/defaults_linux.go @ v1.33',
  },
  pressureConditions: {
    title: 'DiskPressure, MemoryPressure and PIDPressure are conditions beside Ready',
    where: 'kubernetes/kubernetes pkg/kubelet/nodestatus/setters.go @ v1.33',
  },
  nodePressure: {
    title: 'Node-pressure eviction',
    where: 'https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/',
  },
  reserve: {
    title: 'Reserve compute resources for system daemons',
    where: 'https://kubernetes.io/docs/tasks/administer-cluster/reserve-compute-resources/',
  },
  relistPeriod: {
    title: 'Relist period 1 s and threshold 3 min are constants',
    where: 'kubernetes/kubernetes pkg/kubelet/kubelet.go @ v1.30',
  },
  lease: {
    title: 'nodeLeaseDurationSeconds 40, nodeStatusUpdateFrequency 10 s',
    where: 'kubernetes/kubernetes pkg/kubelet/apis/config/v1beta1/defaults.go @ v1.33',
  },
} as const satisfies Record<string, Reference>;
