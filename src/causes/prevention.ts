import type { Text } from '../text/text.ts';
import type { CauseSlug } from './slugs.ts';
import { say } from './support/say.ts';

/** What keeps a cause from coming back, in general; what a case shows is the remedies' affair. */
const PREVENTION: Readonly<Record<CauseSlug, readonly Text[]>> = {
  'storage-unresponsive': [
    say(
      'Give everything that freezes a filesystem (snapshots, backup hooks) a deadline after which it thaws, come what may.',
      '为所有会冻结文件系统的操作（快照、备份钩子）设置期限，到期无论如何都要解冻。',
    ),
    say(
      'Keep network filesystems away from what the kubelet and the runtime themselves read, and watch that each mount answers.',
      '不要让 kubelet 和运行时自身依赖网络文件系统，并监控每个挂载点能否应答。',
    ),
  ],
  'unkillable-process': [
    say(
      'Alert on the kernel’s hung-task messages: they come minutes before Ready goes.',
      '对内核的 hung task 消息告警：它们比 Ready 丢失早几分钟出现。',
    ),
    say(
      'Keep kernel and storage drivers at versions without known hangs.',
      '让内核和存储驱动保持在没有已知卡死问题的版本。',
    ),
  ],
  'zombie-not-reaped': [
    say(
      'Run an init that reaps as process 1 of containers that start processes of their own.',
      '对会自行创建进程的容器，使用能回收子进程的 init 作为 1 号进程。',
    ),
  ],
  'container-status-hung': [
    say(
      'Alert on single status calls that take seconds (kubelet_runtime_operations_duration_seconds, container_status): they hang minutes before Ready goes.',
      '对耗时达到秒级的单个状态查询告警（kubelet_runtime_operations_duration_seconds，container_status）：它们比 Ready 丢失早几分钟出现。',
    ),
    say(
      'Keep runtime and shims at a maintained version, and let nothing stop or trace shims.',
      '让运行时和 shim 保持在仍受维护的版本，不要暂停或跟踪 shim 进程。',
    ),
  ],
  'runtime-unresponsive': [
    say(
      'Reserve CPU and memory for the runtime (--system-reserved, --kube-reserved) and watch how long its list call takes.',
      '为运行时预留 CPU 和内存（--system-reserved、--kube-reserved），并监控其列表调用的耗时。',
    ),
    say('Keep the runtime at a maintained version.', '让运行时保持在仍受维护的版本。'),
  ],
  'runtime-down': [
    say(
      'Let systemd restart the runtime (Restart=always) and alert on each restart.',
      '让 systemd 自动重启运行时（Restart=always），并对每次重启告警。',
    ),
  ],
  'too-many-containers': [
    say(
      'Limit pods per node (--max-pods) and what is left of ended ones: history limits of CronJobs, collection of dead containers.',
      '限制每个节点的 Pod 数（--max-pods）以及已结束容器的残留：CronJob 历史上限、死容器回收。',
    ),
  ],
  'io-saturation': [
    say(
      'Give the runtime’s and the kubelet’s data a disk of their own, and limit the I/O of workloads.',
      '为运行时和 kubelet 的数据使用独立磁盘，并限制业务的 I/O。',
    ),
  ],
  'cpu-starvation': [
    say(
      'Reserve CPU for the system’s and Kubernetes’ daemons and enforce it; give workloads CPU limits.',
      '为系统和 Kubernetes 守护进程预留 CPU 并强制生效；为业务设置 CPU limit。',
    ),
  ],
  'memory-pressure': [
    say(
      'Give every container a memory limit, reserve memory for the daemons, and let eviction begin early enough (--eviction-hard).',
      '为每个容器设置内存 limit，为守护进程预留内存，并让驱逐足够早地开始（--eviction-hard）。',
    ),
  ],
  'disk-full': [
    say(
      'Rotate container logs (containerLogMaxSize), set ephemeral-storage limits, and let image collection begin early enough.',
      '轮转容器日志（containerLogMaxSize），设置 ephemeral-storage limit，并让镜像回收足够早地开始。',
    ),
  ],
  'pid-exhaustion': [
    say(
      'Limit the processes of each pod (podPidsLimit) and reserve PIDs for the daemons.',
      '限制每个 Pod 的进程数（podPidsLimit），并为守护进程预留 PID。',
    ),
  ],
  'cni-not-ready': [
    say(
      'Let the network’s DaemonSet tolerate every taint and run as system-node-critical.',
      '让网络插件的 DaemonSet 容忍所有污点，并使用 system-node-critical 优先级。',
    ),
  ],
  'cni-hung': [
    say(
      'Use a network plugin that gives each call to its backend a deadline, and watch how long sandboxes take.',
      '使用对后端调用设有期限的网络插件，并监控 sandbox 的创建耗时。',
    ),
  ],
  'control-plane-overloaded': [
    say(
      'Give etcd fast disks of its own and clients fair shares (API Priority and Fairness); watch request latency.',
      '为 etcd 提供独立的快速磁盘，用 API Priority and Fairness 限制客户端，并监控请求延迟。',
    ),
  ],
  'certificate-expired': [
    say(
      'Turn certificate rotation on (rotateCertificates) and alert weeks before an expiry.',
      '开启证书轮换（rotateCertificates），并在到期前数周告警。',
    ),
  ],
  'control-plane-unreachable': [
    say(
      'Reach the API servers through an address that survives the loss of one of them, and watch the way there from each node.',
      '通过单台 API server 故障时仍可用的地址访问控制面，并从每个节点监控到达它的路径。',
    ),
  ],
  'relist-deadlock': [
    say('Run a kubelet of 1.14 or later, where it is fixed.', '使用 1.14 及以上版本的 kubelet，该问题已修复。'),
  ],
  'kubelet-down': [
    say(
      'Let systemd restart the kubelet (Restart=always), and try a changed configuration on one node first.',
      '让 systemd 自动重启 kubelet（Restart=always），配置变更先在一个节点上验证。',
    ),
  ],
  'hardware-fault': [
    say(
      'Watch what the hardware says of itself: corrected memory errors (EDAC), SMART, the management controller; drain before it fails.',
      '监控硬件自身的告警：可纠正内存错误（EDAC）、SMART、管理控制器；在失效之前先 drain。',
    ),
  ],
  'kernel-bug': [
    say(
      'Keep kernels at versions without the known bug, try a new one on a few nodes first, and keep kdump and the kernel log off the node.',
      '使用没有该缺陷的内核版本，新内核先在少数节点上试运行，并把 kdump 与内核日志保存到节点之外。',
    ),
  ],
  'runtime-deadlock': [
    say(
      'Run a version of the runtime with the fix, and ask it for a list from outside every minute: a deadlock shows there first.',
      '使用已修复的运行时版本，并每分钟从外部调用一次列表：死锁最先在那里暴露。',
    ),
  ],
  'oci-runtime-hung': [
    say(
      'Keep runc or crun at a version without known hangs, and alert on one that lives for minutes.',
      '让 runc 或 crun 保持在没有已知卡死问题的版本，并对存活数分钟的进程告警。',
    ),
  ],
  'exec-probe-pileup': [
    say(
      'Prefer HTTP, TCP or gRPC probes, give exec probes long periods, and set timeouts that the command itself keeps to.',
      '优先使用 HTTP、TCP 或 gRPC 探针；exec 探针用较长周期，并让命令自身遵守超时。',
    ),
  ],
  'runtime-state-corrupt': [
    say(
      'Shut nodes down in order, keep the runtime’s data on a disk with room, and never delete by hand below its root.',
      '有序关机，保证运行时数据盘有余量，切勿手工删除其根目录下的内容。',
    ),
  ],
  'runtime-misconfigured': [
    say(
      'Keep one configuration of runtime and kubelet under version control, and let a new one make a pod start on one node first.',
      '将运行时与 kubelet 的配置统一纳入版本管理，变更先在一个节点上验证 Pod 能启动。',
    ),
  ],
  'cgroup-leak': [
    say(
      'Run a kernel and a systemd without the known leaks, and watch the number of cgroups beside the number of pods.',
      '使用没有已知泄漏的内核和 systemd，并对照 Pod 数监控 cgroup 数量。',
    ),
  ],
  'systemd-dbus-hung': [
    say(
      'Keep systemd at a version without the known bus overflow, and alert on systemctl calls that do not answer.',
      '使用没有已知总线溢出问题的 systemd，并对无应答的 systemctl 调用告警。',
    ),
  ],
  'device-plugin-hung': [
    say(
      'Give device plugins a liveness check of their own, and update driver and plugin together, on drained nodes.',
      '为设备插件设置自己的存活检查，并在已 drain 的节点上同时升级驱动和插件。',
    ),
  ],
  'device-busy': [
    say(
      'Let what mounts host paths (agents, scanners) use rslave propagation, and end it before what it looks at.',
      '让挂载主机路径的程序（agent、扫描器）使用 rslave 传播，并先于其观察对象退出。',
    ),
  ],
  'clock-jump': [
    say(
      'Run one time service that slews the clock, and alert on an offset of seconds.',
      '只运行一个以微调方式校时的时间服务，并对秒级偏差告警。',
    ),
  ],
  'node-shutdown': [
    say(
      'Turn graceful node shutdown on (shutdownGracePeriod), and cordon and drain before planned reboots.',
      '开启优雅关机（shutdownGracePeriod），计划内重启前先 cordon 并 drain。',
    ),
  ],
  'kubelet-misconfigured': [
    say(
      'Try a changed kubelet configuration on one node first, and check what it needs of the host (cgroups, swap, directories) before the roll-out.',
      'kubelet 配置变更先在一个节点上验证，推广前检查其对主机的要求（cgroup、swap、目录）。',
    ),
  ],
  'kubelet-bug': [
    say(
      'Keep the kubelet at the newest patch release of its minor version.',
      '让 kubelet 保持在所属次版本的最新补丁版本。',
    ),
  ],
};

/** Whatever takes Ready away by way of the relist is seen before it does. */
const ALWAYS: readonly Text[] = [
  say(
    'Alert on the age of the last relist (kubelet_pleg_last_seen_seconds) at one minute: Ready goes at three.',
    '在距上次 relist（kubelet_pleg_last_seen_seconds）达到 1 分钟时告警：满 3 分钟才会失去 Ready。',
  ),
];

/** @param cause null where it is not known */
export function preventionOf(cause: CauseSlug | null): readonly Text[] {
  return [...(cause === null ? [] : PREVENTION[cause]), ...ALWAYS];
}
