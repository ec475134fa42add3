import type { CaseView } from '../../evidence/view.ts';
import type { Topic } from '../../evidence/vocabulary/limits.ts';
import { joinTexts, type Text } from '../../text/text.ts';
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
  'node-object': say('the node object and its lease', 'Node 对象与 Lease'),
  'node-events': say("the node's events", '节点事件'),
  'node-pods': say('the pods of the node', '节点上的 Pod'),
  'api-server': say('whether the API server can be reached', 'API server 是否可达'),
  certificates: say("the kubelet's certificates", 'kubelet 的证书'),
};

/** What a person types to see it. */
const BY_HAND: Readonly<Record<Topic, string>> = {
  processes: 'ps -eLo pid,tid,ppid,stat,wchan:32,comm',
  'kernel-stacks': 'cat /proc/PID/task/TID/stack',
  'open-files': 'ls -l /proc/PID/task/TID/fd',
  mounts: 'cat /proc/1/mountinfo',
  filesystems: 'timeout 5 stat -f MOUNTPOINT',
  disks: 'iostat -x 1 3',
  pressure: 'cat /proc/pressure/*',
  cgroups: 'ls /sys/fs/cgroup',
  docker: 'timeout 5 docker version; timeout 5 docker ps -a',
  cri: 'crictl --timeout 5s ps -a',
  containerd: 'timeout 5 ctr -n k8s.io tasks ls',
  components: 'ps -C dockerd,containerd,crio,kubelet -o pid,stat,lstart,args',
  systemd: 'systemctl show kubelet containerd docker',
  kubelet: 'kubectl get --raw /api/v1/nodes/NODE/proxy/metrics',
  'kubelet-log': 'journalctl -u kubelet --since -1h',
  'kernel-log': 'dmesg -T',
  'node-object': 'kubectl get node NODE -o yaml; kubectl -n kube-node-lease get lease NODE -o yaml',
  'node-events': 'kubectl get events -A --field-selector involvedObject.kind=Node',
  'node-pods': 'kubectl get pods -A --field-selector spec.nodeName=NODE',
  'api-server': 'curl -ks --max-time 5 https://APISERVER:6443/readyz',
  certificates: 'openssl x509 -noout -subject -dates -in /var/lib/kubelet/pki/kubelet-client-current.pem',
};

/** The name of a topic, for sentences. */
export function topicName(topic: Topic): Text {
  return WHAT[topic];
}

const AS_ROOT = say('run notready as root on the host', '在主机上以 root 运行 notready');
const WITH_RIGHTS = say('the rights it needs: deploy/rbac.yaml', '所需权限见 deploy/rbac.yaml');
const WITH_KUBECONFIG = say(
  'with a kubeconfig that may: --kubeconfig FILE',
  '使用有权限的 kubeconfig：--kubeconfig FILE',
);
const HOST_SIDE = say('the host itself', '主机侧');
const ON_THE_NODE = say('run notready on the node itself', '在该节点上运行 notready');
/** Seen through the API server, where root is no one. */
const OF_CLUSTER: ReadonlySet<Topic> = new Set(['node-object', 'node-events', 'node-pods']);
const MORE_TIME = say('give it more time: --budget 30s', '延长时间预算：--budget 30s');

/** What a person types to see a topic. */
export function byHand(topic: Topic): string {
  return BY_HAND[topic];
}

/** How to have a topic examined, in view of why it was not. */
export function howToExamine(topic: Topic, view?: CaseView): Text {
  const whys = new Set((view?.gaps(topic) ?? []).map((g) => g.fact.why).filter((why) => why !== 'absent'));
  if (whys.size === 1 && whys.has('budget')) return MORE_TIME;
  if (whys.size === 1 && whys.has('not-here')) return ON_THE_NODE;
  const typed = say(`by hand: ${BY_HAND[topic]}`, `手工查看：${BY_HAND[topic]}`);
  return whys.has('no-permission') ? joinTexts([howAllowed(topic, view), typed], say('; ', '；')) : typed;
}

/** Root opens files; what the API server denies, only its roles do. */
function howAllowed(topic: Topic, view: CaseView | undefined): Text {
  const details = (view?.gaps(topic) ?? []).map((g) => g.fact.detail);
  if (!OF_CLUSTER.has(topic) || details.some((d) => /\bE(?:ACCES|PERM)\b/.test(d))) return AS_ROOT;
  return details.some((d) => d.includes('HTTP 403')) ? WITH_RIGHTS : WITH_KUBECONFIG;
}

/** A topic that was not looked at, with what would look at it. */
export function missing(topic: Topic, view?: CaseView): Missing {
  const how = howToExamine(topic, view);
  // One sentence for all that only the node shows, so that a report says it once.
  const what = how === ON_THE_NODE ? HOST_SIDE : WHAT[topic];
  return { topic, text: say(`${what.en} not examined; ${how.en}`, `未检查${what.zh}；${how.zh}`) };
}

/** Those of the topics that were wholly or partly left out, other than for not existing here. */
export function missingOf(view: CaseView, topics: readonly Topic[]): Missing[] {
  return topics.filter((t) => view.gaps(t).some((g) => g.fact.why !== 'absent')).map((t) => missing(t, view));
}
