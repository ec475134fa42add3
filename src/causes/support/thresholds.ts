/** A number that a verdict hangs on, why it is that number, and who says so. */
export interface Threshold {
  readonly value: number;
  /** `share` is of one, `percent` of a hundred (as the kernel prints pressure). */
  readonly unit: 'ms' | 'share' | 'percent' | 'bytes' | 'count' | 'per-second';
  readonly why: string;
  /** A document or `file @ version`. */
  readonly source: string;
}

/**
 * What counts as short of a resource. Each is set so that a machine that works hard and well stays below it;
 * no cause is confirmed by one of these alone, but only together with a service that suffers from it.
 */
export const THRESHOLDS = {
  slowCall: {
    value: 1000,
    unit: 'ms',
    why: 'The kubelet lists pods and containers once a second; a call that takes longer than that period makes each relist late. Healthy runtimes answer in tens of milliseconds.',
    source: 'genericPlegRelistPeriod in pkg/kubelet/kubelet.go @ kubernetes v1.30',
  },
  slowCniCall: {
    value: 10_000,
    unit: 'ms',
    why: 'A plugin asks an agent for an address and makes a few interfaces: within a second or two. Ten seconds and in both samples is out of the ordinary.',
    source: 'judgement; CNI calls of bridge and calico take 0.1 to 2 s',
  },
  hungCniCall: {
    value: 30_000,
    unit: 'ms',
    why: 'Longer than a plugin waits for a busy agent.',
    source: 'judgement: agents answer or give up within ten seconds',
  },
  lateRelist: {
    value: 30_000,
    unit: 'ms',
    why: 'A relist starts one second after the last one ended and PLEG is unhealthy after three minutes; at a sixth of that something holds it up.',
    source: 'genericPlegRelistThreshold in pkg/kubelet/kubelet.go @ kubernetes v1.30',
  },
  throttledPeriods: {
    value: 0.5,
    unit: 'share',
    why: 'A cgroup that uses up its quota in most periods has threads that wait for the next period instead of answering.',
    source: 'nr_throttled / nr_periods, Documentation/scheduler/sched-bwc.rst',
  },
  periodsToJudge: {
    value: 3,
    unit: 'count',
    why: 'Fewer enforcement periods (100 ms each by default) than this are chance.',
    source: 'cpu.cfs_period_us, Documentation/scheduler/sched-bwc.rst',
  },
  cpuWaitOfDemand: {
    value: 0.5,
    unit: 'share',
    why: 'Of the time its threads were ready to run they waited at least as long as they ran.',
    source: '/proc/PID/schedstat fields 1 and 2, Documentation/scheduler/sched-stats.rst',
  },
  cpuWaitOfWindow: {
    value: 0.5,
    unit: 'share',
    why: 'The waits add up to half the time looked at; short waits of a daemon that is nearly idle mean nothing.',
    source: '/proc/PID/schedstat field 2, Documentation/scheduler/sched-stats.rst',
  },
  steal: {
    value: 0.3,
    unit: 'share',
    why: 'The hypervisor gave a third of the CPU time asked for to others; a busy neighbour costs a few per cent.',
    source: 'steal in proc_stat(5)',
  },
  cpuPressure: {
    value: 50,
    unit: 'percent',
    why: 'Something was ready to run and waited half of the last minute. Usual on a node that is used well, so it is a hint only.',
    source: 'some avg60, Documentation/accounting/psi.rst',
  },
  diskAwait: {
    value: 75,
    unit: 'ms',
    why: 'The latency beyond which the kernel itself holds back writes on a spinning disk (2 ms on others): a mean above it is slow on any disk.',
    source: 'wbt_default_latency_nsec in block/blk-wbt.c @ linux 6.12',
  },
  ioCeilingUsed: {
    value: 0.7,
    unit: 'share',
    why: 'A device that carries this much of a ceiling of its cgroup is being held back by it: throttling works in slices and does not fill them.',
    source: 'io.max, Documentation/admin-guide/cgroup-v2.rst; blkio.throttle.*, cgroup-v1/blkio-controller.rst',
  },
  ioPressure: {
    value: 40,
    unit: 'percent',
    why: 'A full-speed copy alone reaches this, so for the whole host it is a hint; for the cgroup of the runtime it says that the runtime itself waits.',
    source: 'Documentation/accounting/psi.rst',
  },
  memoryFull: {
    value: 10,
    unit: 'percent',
    why: 'All runnable tasks stood still for memory a tenth of the time. systemd-oomd kills at 60 % over 30 s.',
    source: 'full, Documentation/accounting/psi.rst; DefaultMemoryPressureLimit, oomd.conf(5)',
  },
  memoryAvailableBytes: {
    value: 100 * 1024 * 1024,
    unit: 'bytes',
    why: 'Below this the kubelet evicts pods at once.',
    source: 'memory.available in pkg/kubelet/eviction/defaults_linux.go @ kubernetes v1.33',
  },
  memoryAvailableShare: {
    value: 0.03,
    unit: 'share',
    why: 'On a large host 100 MiB come too late: at 3 % the kernel reclaims without pause.',
    source: 'watermarks, Documentation/admin-guide/sysctl/vm.rst (watermark_scale_factor, min_free_kbytes)',
  },
  majorFaults: {
    value: 200,
    unit: 'per-second',
    why: 'Each is a page read from disk before a thread goes on: programs are being read again because their code was thrown out.',
    source: 'pgmajfault in /proc/vmstat; Documentation/admin-guide/cgroup-v2.rst',
  },
  cgroupMemoryUsed: {
    value: 0.95,
    unit: 'share',
    why: 'At its limit a cgroup reclaims from itself on every allocation. Page cache alone may hold it there, so more is needed.',
    source: 'memory.max and memory.events max, Documentation/admin-guide/cgroup-v2.rst',
  },
  cgroupMemoryHits: {
    value: 1000,
    unit: 'per-second',
    why: 'A cgroup that its page cache keeps full hits its limit as often as it reads something new. Here memory in use is thrown out and wanted back: tens of thousands of hits were measured.',
    source: 'judgement, from a dockerd squeezed by memory.limit_in_bytes on kernel 6.18: 220,000 hits a second',
  },
  freshOomKill: {
    value: 30 * 60_000,
    unit: 'ms',
    why: 'Older kills do not explain a node that is not ready now, unless the killed daemon is still gone.',
    source: 'judgement: a restarted daemon is back within the 5 minutes of the longest restart back-off',
  },
  fullBytes: {
    value: 16 * 1024 * 1024,
    unit: 'bytes',
    why: "The runtime's database grows by this much at a time, so with less its writes fail.",
    source: 'DefaultAllocSize in db.go @ go.etcd.io/bbolt v1.3.12',
  },
  fullShare: {
    value: 0.01,
    unit: 'share',
    why: 'Small filesystems count as full by share: less than one per cent left.',
    source: 'statfs(2)',
  },
  fullInodes: {
    value: 100,
    unit: 'count',
    why: 'One pod takes more files than that: volumes, logs, the layers of its image.',
    source: 'statfs(2)',
  },
  imagefsAvailable: {
    value: 0.15,
    unit: 'share',
    why: 'Below this the kubelet sets DiskPressure, deletes unused images, then evicts pods.',
    source: 'imagefs.available in pkg/kubelet/eviction/defaults_linux.go @ kubernetes v1.33',
  },
  nodefsAvailable: {
    value: 0.1,
    unit: 'share',
    why: 'Below this the kubelet sets DiskPressure and evicts pods.',
    source: 'nodefs.available in pkg/kubelet/eviction/defaults_linux.go @ kubernetes v1.33',
  },
  inodesFree: {
    value: 0.05,
    unit: 'share',
    why: 'Below this the kubelet sets DiskPressure and evicts pods.',
    source: 'nodefs.inodesFree and imagefs.inodesFree in pkg/kubelet/eviction/defaults_linux.go @ kubernetes v1.33',
  },
  limitExhausted: {
    value: 0.98,
    unit: 'share',
    why: 'Starting one container takes a shim of a dozen threads, runc and the process itself: what is left does not suffice.',
    source: 'Documentation/admin-guide/cgroup-v1/pids.rst; proc_sys_kernel(5)',
  },
  limitTight: {
    value: 0.9,
    unit: 'share',
    why: 'A burst of starting pods or exec probes takes the rest.',
    source: 'judgement',
  },
} as const satisfies Record<string, Threshold>;
