import type { Text } from '../../text/text.ts';
import type { DownProof, Taint } from '../act.ts';
import type { NodeDecision } from './change-node.ts';
import { type ClusterNode, type NodeTaint, taintText } from './objects/node.ts';

/** Pods on a node with it are deleted by force and their volumes detached. Since 1.24. Source: core/v1 well_known_taints.go. */
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service';

/**
 * A taint is one by its key and effect (core/v1 Taint.MatchTaint). One that stands with another value was set by
 * somebody else: it is left alone.
 */
export function decideAddTaint(taint: Taint, down: DownProof | null): (node: ClusterNode) => NodeDecision {
  return (node) => {
    const standing = find(node, taint);
    const named = taintText(taint);
    if (standing?.value === taint.value) {
      return {
        outcome: 'done',
        text: { en: `${node.name} had ${named} already`, zh: `${node.name} 此前已有污点 ${named}` },
      };
    }
    if (standing !== undefined) return othersTaint(node, standing);
    const why = taint.key === OUT_OF_SERVICE ? whyNotDown(node, down) : null;
    if (why !== null) return { outcome: 'refused', text: why };
    const { key, value, effect } = taint;
    return {
      patch: { spec: { taints: [...node.rawTaints, { key, value, effect }] } },
      done: { en: `${node.name} has the taint ${named}`, zh: `${node.name} 已加上污点 ${named}` },
    };
  };
}

export function decideRemoveTaint(taint: Taint): (node: ClusterNode) => NodeDecision {
  return (node) => {
    const standing = find(node, taint);
    const named = taintText(taint);
    if (standing === undefined) {
      return {
        outcome: 'done',
        text: { en: `${node.name} has no taint ${named}`, zh: `${node.name} 没有污点 ${named}` },
      };
    }
    if (standing.value !== taint.value) return othersTaint(node, standing);
    const rest = node.rawTaints.filter((t) => t.key !== taint.key || t.effect !== taint.effect);
    return {
      // Null and not an empty list, so that the field is as if no taint had ever been set.
      patch: { spec: { taints: rest.length === 0 ? null : rest } },
      done: { en: `the taint ${named} is off ${node.name}`, zh: `${node.name} 的污点 ${named} 已移除` },
    };
  };
}

function find({ taints }: ClusterNode, { key, effect }: Taint): NodeTaint | undefined {
  return taints.find((t) => t.key === key && t.effect === effect);
}

function othersTaint(node: ClusterNode, standing: NodeTaint): NodeDecision {
  const named = taintText(standing);
  return {
    outcome: 'refused',
    text: {
      en: `${node.name} has ${named}, which somebody else set: it is left as it is`,
      zh: `${node.name} 上的污点 ${named} 由其他方设置，保持不变`,
    },
  };
}

/**
 * The API server's side may contradict that a node is down, but it never proves it: of a node that is cut off it sees
 * the same.
 */
function whyNotDown({ name, ready, bootId }: ClusterNode, down: DownProof | null): Text | null {
  if (down === null) {
    return {
      en: `nobody has said that ${name} is off: its Pods could go on writing to volumes that others get`,
      zh: `没有依据表明 ${name} 已断电：其上的 Pod 可能仍在写入即将挂载到别处的卷`,
    };
  }
  if (ready?.status === 'True') {
    return { en: `${name} is Ready: it is not down`, zh: `${name} 处于 Ready，并未停机` };
  }
  if (bootId !== down.bootId) {
    return { en: `${name} was started anew since it was seen off`, zh: `${name} 在确认断电之后又重新启动过` };
  }
  return null;
}
