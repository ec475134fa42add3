import type { Remedy } from '../cause.ts';
import { reboot, restartKubelet, restartRuntime } from '../support/remedies.ts';
import { say } from '../support/say.ts';

const NOT_THE_NODE = say(
  'The node works; what is between it and the API server does not. Started anew it meets the same.',
  '节点本身正常，问题在它与 API server 之间，重启后情况不变。',
);

/** Mend the way or the other end; nothing on the node itself helps. */
export const REACH_REMEDIES: readonly Remedy[] = [
  {
    action: 'restore-path',
    title: say('Restore the way to the API server', '恢复到 API server 的通路'),
    works: true,
    why: say(
      'The kubelet tries again every few seconds: within 10 s of the first answer it renews its lease and Ready is back. Check DNS, route, firewall and load balancer, in that order.',
      'kubelet 每隔几秒重试：一旦连通，10 秒内就会续租，Ready 随之恢复。请依次检查 DNS、路由、防火墙和负载均衡。',
    ),
    command: 'curl -ks --max-time 5 https://APISERVER:6443/readyz',
    risk: say('None for looking.', '仅查看没有风险。'),
  },
  {
    action: 'restart-api-server',
    title: say('Bring the API server back, if it answers nobody', '若 API server 对谁都不应答，先恢复它'),
    works: true,
    why: say(
      'On its own node: is the container up, does etcd answer, is its disk full, are its certificates valid?',
      '在控制面节点上检查：容器是否在运行、etcd 是否有应答、磁盘是否已满、证书是否有效。',
    ),
    command: 'crictl ps -a --name "kube-apiserver|etcd"',
    risk: say('Restarting it ends watches of the whole cluster for some seconds.', '重启会让全集群的 watch 中断数秒。'),
  },
  restartKubelet(null, { works: false, why: NOT_THE_NODE }),
  restartRuntime(null, { works: false, why: NOT_THE_NODE }),
  { ...reboot(NOT_THE_NODE), works: false, command: null },
];
