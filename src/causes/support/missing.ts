import type { CaseView } from '../../evidence/view.ts';
import type { Topic } from '../../evidence/vocabulary/limits.ts';
import type { Text } from '../../text/text.ts';
import type { Missing } from '../cause.ts';
import { say } from './say.ts';

const WHAT: Readonly<Record<Topic, Text>> = {
  processes: say('the process table', '进程表'),
  'kernel-stacks': say('kernel stacks of blocked threads', '阻塞线程的内核栈'),
  'open-files': say('files that blocked processes hold open', '阻塞进程打开的文件'),
  mounts: say('the mount table', '挂载表'),
  filesystems: say('whether each filesystem answers', '各文件系统是否有响应'),
  disks: say('disk activity', '磁盘活动'),
  pressure: say('pressure stall information', 'PSI 压力信息'),
  cgroups: say('cgroup limits and freezer states', 'cgroup 限额与 freezer 状态'),
  docker: say('the Docker Engine API', 'Docker Engine API'),
  cri: say('the CRI endpoint', 'CRI 端点'),
  containerd: say("containerd's own API", 'containerd 自身的 API'),
  components: say('runtime and kubelet daemons', '运行时与 kubelet 守护进程'),
  systemd: say('systemd units', 'systemd 单元'),
  kubelet: say("the kubelet's health and metrics", 'kubelet 的健康检查与指标'),
  'kubelet-log': say("the kubelet's log", 'kubelet 日志'),
  'kernel-log': say('the kernel log', '内核日志'),
};

const HOW: Readonly<Record<Topic, Text>> = {
  processes: say('run notready as root on the host', '在主机上以 root 运行 notready'),
  'kernel-stacks': say(
    'run as root with CAP_SYS_ADMIN: cat /proc/PID/task/TID/stack',
    '以具备 CAP_SYS_ADMIN 的 root 运行：cat /proc/PID/task/TID/stack',
  ),
  'open-files': say('run as root: ls -l /proc/PID/task/TID/fd', '以 root 运行：ls -l /proc/PID/task/TID/fd'),
  mounts: say('cat /proc/1/mountinfo on the host', '在主机上执行 cat /proc/1/mountinfo'),
  filesystems: say('stat -f on each mount, each with a deadline', '对每个挂载点执行带超时的 stat -f'),
  disks: say('read /proc/diskstats twice: iostat -x 1 3', '两次读取 /proc/diskstats：iostat -x 1 3'),
  pressure: say(
    'needs Linux 4.20 with CONFIG_PSI: cat /proc/pressure/*',
    '需要 Linux 4.20 以上并启用 CONFIG_PSI：cat /proc/pressure/*',
  ),
  cgroups: say('run as root on the host: ls /sys/fs/cgroup', '在主机上以 root 运行：ls /sys/fs/cgroup'),
  docker: say(
    'run as root, or give --runtime-endpoint unix:///run/docker.sock',
    '以 root 运行，或指定 --runtime-endpoint unix:///run/docker.sock',
  ),
  cri: say(
    'run as root, or give --runtime-endpoint; by hand: crictl ps -a',
    '以 root 运行，或指定 --runtime-endpoint；手工：crictl ps -a',
  ),
  containerd: say('run as root; by hand: ctr -n k8s.io tasks ls', '以 root 运行；手工：ctr -n k8s.io tasks ls'),
  components: say('run as root on the host', '在主机上以 root 运行'),
  systemd: say('systemctl show kubelet containerd docker', 'systemctl show kubelet containerd docker'),
  kubelet: say(
    'run on the node, or enable readOnlyPort; by hand: kubectl get --raw /api/v1/nodes/NODE/proxy/metrics',
    '在节点上运行，或启用 readOnlyPort；手工：kubectl get --raw /api/v1/nodes/NODE/proxy/metrics',
  ),
  'kubelet-log': say('journalctl -u kubelet --since -1h', 'journalctl -u kubelet --since -1h'),
  'kernel-log': say('run as root: dmesg -T', '以 root 运行：dmesg -T'),
};

/** The name of a topic, for sentences. */
export function topicName(topic: Topic): Text {
  return WHAT[topic];
}

const MORE_TIME = say('give it more time: --budget 30s', '延长时间预算：--budget 30s');

/** How to have a topic examined, in view of why it was not. */
export function howToExamine(topic: Topic, view?: CaseView): Text {
  const gaps = view?.gaps(topic).filter((g) => g.fact.why !== 'absent') ?? [];
  return gaps.length > 0 && gaps.every((g) => g.fact.why === 'budget') ? MORE_TIME : HOW[topic];
}

/** A topic that was not looked at, with what would look at it. */
export function missing(topic: Topic, view?: CaseView): Missing {
  const [what, how] = [WHAT[topic], howToExamine(topic, view)];
  return { topic, text: say(`${what.en} not examined; ${how.en}`, `未检查${what.zh}；${how.zh}`) };
}

/** Those of the topics that were wholly or partly left out, other than for not existing here. */
export function missingOf(view: CaseView, topics: readonly Topic[]): Missing[] {
  return topics.filter((t) => view.gaps(t).some((g) => g.fact.why !== 'absent')).map((t) => missing(t, view));
}
