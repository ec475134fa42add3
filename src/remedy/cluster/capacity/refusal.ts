import type { Text } from '../../../text/text.ts';
import type { Place } from './place.ts';

/** Why a node does not take a pod: by the first filter that refuses, in the scheduler's order. */
export type RefusalReason =
  | 'unschedulable'
  | 'taint'
  | 'node-affinity'
  | 'host-port'
  | 'resource'
  | 'volume-elsewhere'
  | 'topology-spread'
  | 'pod-affinity'
  | 'pod-anti-affinity'
  | 'others-anti-affinity';

export interface NodeRefusal {
  readonly reason: RefusalReason;
  /** The taint, the resource, the topology key ... ; '' where there is nothing to name. */
  readonly detail: string;
}

/** What a filter makes of one pod, to be asked for each node. */
export type Filter = (place: Place) => NodeRefusal | null;

/** As a sentence with the number of nodes before it: `3 nodes have too little cpu`. */
export function refusalText({ reason, detail }: NodeRefusal, nodes: number): Text {
  const n = nodes === 1 ? '1 node' : `${nodes} nodes`;
  const [does, has] = nodes === 1 ? ['does', 'has'] : ['do', 'have'];
  switch (reason) {
    case 'unschedulable':
      return { en: `${n} ${nodes === 1 ? 'is' : 'are'} cordoned`, zh: `${nodes} 个节点处于 cordon 状态` };
    case 'taint':
      return { en: `${n} ${has} the taint ${detail}`, zh: `${nodes} 个节点带有污点 ${detail}` };
    case 'node-affinity':
      return {
        en: `${n} ${does} not match its node selector`,
        zh: `${nodes} 个节点不匹配其 nodeSelector/nodeAffinity`,
      };
    case 'host-port':
      return { en: `${n} ${has} its host port ${detail} in use`, zh: `${nodes} 个节点的主机端口 ${detail} 已被占用` };
    case 'resource':
      return { en: `${n} ${has} too little ${detail} left`, zh: `${nodes} 个节点的 ${detail} 余量不足` };
    case 'volume-elsewhere':
      return { en: `${n} cannot use its volume ${detail}`, zh: `${nodes} 个节点无法使用其卷 ${detail}` };
    case 'topology-spread':
      return {
        en: `${n} would spread it too unevenly over ${detail}`,
        zh: `${nodes} 个节点会违反 ${detail} 上的拓扑分布约束`,
      };
    case 'pod-affinity':
      return {
        en: `${n} ${does} not have the pods it must be near (${detail})`,
        zh: `${nodes} 个节点上没有它必须靠近的 Pod（${detail}）`,
      };
    case 'pod-anti-affinity':
      return {
        en: `${n} ${has} pods it must not be near (${detail})`,
        zh: `${nodes} 个节点上有它必须避开的 Pod（${detail}）`,
      };
    case 'others-anti-affinity':
      return {
        en: `${n} ${has} pods that must not be near it (${detail})`,
        zh: `${nodes} 个节点上有须避开它的 Pod（${detail}）`,
      };
  }
}
