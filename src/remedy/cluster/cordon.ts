import type { NodeDecision } from './change-node.ts';
import type { ClusterNode } from './objects/node.ts';

/** The taint that goes with a cordon is the node controller's to set and to take away. */
export function decideCordon({ name, unschedulable }: ClusterNode): NodeDecision {
  if (unschedulable) {
    return { outcome: 'done', text: { en: `${name} was cordoned already`, zh: `${name} 此前已被 cordon` } };
  }
  return {
    patch: { spec: { unschedulable: true } },
    done: { en: `${name} takes no new Pods`, zh: `${name} 不再接收新 Pod` },
  };
}

export function decideUncordon({ name, unschedulable }: ClusterNode): NodeDecision {
  if (!unschedulable) {
    return { outcome: 'done', text: { en: `${name} was not cordoned`, zh: `${name} 未处于 cordon 状态` } };
  }
  return {
    patch: { spec: { unschedulable: null } },
    done: { en: `${name} takes new Pods again`, zh: `${name} 重新接收新 Pod` },
  };
}
