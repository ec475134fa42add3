import type { Cause } from './cause.ts';
import { assessReach } from './control-plane-unreachable/assess.ts';
import { REACH_REMEDIES } from './control-plane-unreachable/remedies.ts';
import { REFERENCES } from './support/references.ts';
import { say } from './support/say.ts';

/** The kubelet cannot reach the API server, or nobody can. */
export const controlPlaneUnreachable: Cause = {
  id: 'control-plane-unreachable',
  title: say('The API server cannot be reached', 'API server 不可达'),
  assess: assessReach,
  leadsTo: [
    {
      state: 'kubelet-not-reporting',
      mechanism: say(
        'Neither the lease nor the node status gets through to the API server.',
        'Lease 续租和节点状态都送不到 API server。',
      ),
      reference: REFERENCES.nodeStatus,
      inevitable: true,
    },
  ],
  about: say(
    'The node works, but its kubelet cannot reach the API server: a route, a firewall, DNS, a load balancer, or the API server itself. The lease is not renewed, so after the grace period (40 s, 50 s since 1.32) the control plane sets Ready to Unknown. Pods run on; after five minutes they are evicted on paper and really so when the way is back. Nothing on the node needs to be restarted.',
    '节点本身正常，但 kubelet 访问不到 API server：可能是路由、防火墙、DNS、负载均衡，或 API server 自身的问题。Lease 无法续租，超过宽限期（40 秒，1.32 起 50 秒）后控制面把 Ready 置为 Unknown。Pod 继续运行；5 分钟后会在记录上被驱逐，网络恢复后才真正执行。节点上没有什么需要重启。',
  ),
  shownBy: [
    say(
      'Asked from the node at the kubelet’s own address, the API server refuses, is unreachable or does not answer.',
      '在节点上用 kubelet 自己的地址访问，API server 拒绝连接、不可达或无应答。',
    ),
    say(
      '“failed to update lease”, “Error updating node status” with a network error in the kubelet’s log of the last 10 minutes.',
      '最近 10 分钟的 kubelet 日志有 “failed to update lease”“Error updating node status” 且带网络错误。',
    ),
    say(
      'Ready is Unknown and the lease stale while the kubelet on the node is healthy.',
      'Ready 为 Unknown、Lease 过期，而节点上的 kubelet 健康。',
    ),
  ],
  ruledOutBy: [
    say('The API server answers the kubelet’s way.', '按 kubelet 的方式访问，API server 有应答。'),
    say('The lease is fresh.', 'Lease 刚刚续租过。'),
  ],
  references: [REFERENCES.nodeLease, REFERENCES.nodeLifecycle, REFERENCES.nodeStatus],
  remedies: () => REACH_REMEDIES,
  generalRemedies: REACH_REMEDIES,
  confirm: [
    {
      command: 'grep server: /etc/kubernetes/kubelet.conf; curl -ks --max-time 5 https://APISERVER:6443/readyz',
      shows: say('whether the way works, from the node', '从节点出发是否可达'),
    },
    {
      command: 'journalctl -u kubelet --since -10min | grep -E "lease|node status"',
      shows: say('what the kubelet meets', 'kubelet 遇到的错误'),
    },
    {
      command: 'kubectl -n kube-node-lease get lease NODE -o jsonpath={.spec.renewTime}',
      shows: say('when it was last heard', '最近一次收到续租的时间'),
    },
  ],
};
