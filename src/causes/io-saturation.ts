import type { Cause } from './cause.ts';
import { assessIo } from './io-saturation/assess.ts';
import { GENERAL_IO_REMEDIES, ioRemedies } from './io-saturation/remedies.ts';
import { SLOWS_KUBELET, slowsRuntime } from './support/resource-effects.ts';
import { RESOURCE_REFERENCES } from './support/resource-references.ts';
import { say } from './support/say.ts';

/** The disk answers, but too slowly for the runtime or the kubelet that live on it. */
export const ioSaturation: Cause = {
  id: 'io-saturation',
  title: say('The disk is too slow for the runtime or the kubelet', '磁盘过慢，拖住了运行时或 kubelet'),
  assess: assessIo,
  leadsTo: [
    ...slowsRuntime(
      say(
        'The runtime syncs its database and reads its state on this disk, and holds locks while it waits for it.',
        '运行时在这块盘上同步数据库、读取状态，等待期间还持有锁。',
      ),
      RESOURCE_REFERENCES.bolt,
    ),
    ...SLOWS_KUBELET,
  ],
  about: say(
    'The disk that the runtime or the kubelet keeps its data on completes requests, but late: more is asked of it than it can do, its cloud volume has used up its IOPS or burst credits, or the daemon’s cgroup has an I/O ceiling. The runtime waits with its locks held, calls take seconds, and relist passes its threshold. A disk that is 100 % busy and answers in time is not such a case, nor is high I/O pressure from a copy at full speed.',
    '运行时或 kubelet 数据所在的磁盘仍在完成请求，但很慢：负载超过其能力、云盘的 IOPS 或突发额度用尽，或守护进程的 cgroup 被限制了 I/O。运行时持锁等待，调用变成数秒，relist 超过阈值。磁盘使用率 100 % 但响应及时不属于此类，全速拷贝造成的高 I/O 压力也不属于。',
  ),
  shownBy: [
    say(
      'Requests on the daemon’s own disk take 75 ms or more on average, and its calls are slow.',
      '守护进程数据盘上的请求平均耗时达到 75 ms 以上，且调用变慢。',
    ),
    say(
      'The daemon’s cgroup has an I/O ceiling that the traffic has reached, and its calls are slow.',
      '守护进程的 cgroup 设有 I/O 限速且流量已触顶，且调用变慢。',
    ),
    say(
      'Threads of the daemon are caught in io_schedule, rq_qos_wait, jbd2_log_wait_commit and the like, and move on.',
      '守护进程的线程停在 io_schedule、rq_qos_wait、jbd2_log_wait_commit 等处，但会继续推进。',
    ),
  ],
  ruledOutBy: [
    say('All calls are answered quickly, however busy the disk is.', '无论磁盘多忙，所有调用都能很快返回。'),
    say('The daemons’ disks are idle or answer in time.', '守护进程的数据盘空闲，或响应及时。'),
    say(
      'Threads that never move, on a disk that completes nothing: that is storage-unresponsive.',
      '线程始终不动、磁盘什么也不完成：那是 storage-unresponsive。',
    ),
  ],
  references: [
    RESOURCE_REFERENCES.iostats,
    RESOURCE_REFERENCES.writeback,
    RESOURCE_REFERENCES.rqQos,
    RESOURCE_REFERENCES.cgroup,
    RESOURCE_REFERENCES.psi,
    RESOURCE_REFERENCES.bolt,
  ],
  remedies: ioRemedies,
  generalRemedies: GENERAL_IO_REMEDIES,
  confirm: [
    {
      command: 'iostat -x 1 5',
      shows: say(
        'await and queue of each disk (r_await, w_await, aqu-sz)',
        '每块盘的响应时间与队列（r_await、w_await、aqu-sz）',
      ),
    },
    {
      command: 'findmnt -T /var/lib/docker; findmnt -T /var/lib/containerd; findmnt -T /var/lib/kubelet',
      shows: say('which disk the daemons live on', '守护进程的数据位于哪块盘'),
    },
    {
      command: 'pidstat -d 1 5',
      shows: say('who reads and writes', '谁在读写'),
    },
    {
      command:
        'grep . /sys/fs/cgroup/system.slice/*.service/io.max  # v1: /sys/fs/cgroup/blkio/*/blkio.throttle.*_device',
      shows: say('I/O ceilings of cgroups', 'cgroup 的 I/O 限速'),
    },
  ],
};
