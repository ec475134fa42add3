import type { Text } from '../../text/text.ts';
import type { Remedy } from '../cause.ts';
import { say } from './say.ts';

// Remedies that the resource causes share.

/** Take load off the node; API deletion, so it goes through the kubelet. */
export function evictPods(why: Text): Remedy {
  return {
    action: 'evict-pods',
    title: say('Move the heaviest pods to other nodes', '把最耗资源的 Pod 迁移到其他节点'),
    works: true,
    why,
    command: null,
    risk: say(
      'The pods restart elsewhere; make sure that they fit there. Deleting needs the runtime too, so it is slow as long as the runtime is.',
      'Pod 会在别处重启，请确认其他节点容得下。删除 Pod 同样要经过运行时，运行时慢则删除也慢。',
    ),
  };
}

/** Keep a share of the node for the daemons. */
export function reserveForDaemons(resource: Text, why: Text): Remedy {
  return {
    action: 'reserve-resources',
    title: say(`Reserve ${resource.en} for kubelet and runtime`, `为 kubelet 与运行时预留${resource.zh}`),
    works: true,
    why,
    command: null,
    risk: say(
      'The node offers less to pods after the kubelet restarts with kubeReserved and systemReserved set.',
      '设置 kubeReserved、systemReserved 并重启 kubelet 后，节点可分配给 Pod 的资源会减少。',
    ),
  };
}

export const LONGER_TIMEOUT: Remedy = {
  action: 'raise-request-timeout',
  title: say('Raise the kubelet’s runtimeRequestTimeout', '调大 kubelet 的 runtimeRequestTimeout'),
  works: false,
  why: say(
    'Calls then wait longer, so relists take longer still; the threshold of 3 minutes is a constant of the kubelet.',
    '调用只会等得更久，relist 也更慢；而 3 分钟阈值是 kubelet 中的常量，无法调整。',
  ),
  command: null,
  risk: say('Hides the trouble until PLEG turns unhealthy all at once.', '问题被掩盖，直到 PLEG 突然不健康。'),
};
