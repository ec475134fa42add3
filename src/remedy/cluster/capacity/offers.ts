import { shellCommand } from '../../../text/shell.ts';
import type { Text } from '../../../text/text.ts';
import type { ClusterAct, Taint } from '../../act.ts';
import { type ClusterNode, keepsOffControlPlane, type NodeTaint, taintText } from '../objects/node.ts';

/** Room that there is and that is closed. */
export interface Offer {
  readonly node: string;
  readonly kind: 'uncordon' | 'open-control-plane' | 'uncordon-control-plane';
  readonly acts: readonly ClusterAct[];
  /** The same by hand. */
  readonly commands: readonly string[];
  /** Done when the node that was emptied has come back. */
  readonly putBack: readonly ClusterAct[];
  readonly putBackCommands: readonly string[];
  /** What it means to do that. */
  readonly means: Text;
}

/** The node as it would be. */
export function opened(node: ClusterNode): ClusterNode {
  const taints = node.taints.filter((t) => !isCordonTaint(t) && !keepsOffControlPlane(t));
  return { ...node, unschedulable: false, taints };
}

/** What there is to open on a node; null where it is open, or not Ready, so that nothing should go there. */
export function offerOf(node: ClusterNode): Offer | null {
  if (node.ready?.status !== 'True') return null;
  const closing = node.taints.filter(keepsOffControlPlane).map(asTaint);
  if (!node.unschedulable && closing.length === 0) return null;
  const { name, unschedulable } = node;
  const taint = (kind: 'add-taint' | 'remove-taint') => closing.map((t) => ({ kind, node: name, taint: t }) as const);
  const cordon = (kind: 'cordon' | 'uncordon') => (unschedulable ? [{ kind, node: name } as const] : []);
  return {
    node: name,
    kind: closing.length === 0 ? 'uncordon' : unschedulable ? 'uncordon-control-plane' : 'open-control-plane',
    acts: [...cordon('uncordon'), ...taint('remove-taint')],
    commands: [
      ...(unschedulable ? [shellCommand('kubectl', 'uncordon', name)] : []),
      ...closing.map((t) => shellCommand('kubectl', 'taint', 'node', name, `${taintText(t)}-`)),
    ],
    putBack: [...taint('add-taint'), ...cordon('cordon')],
    putBackCommands: [
      ...closing.map((t) => shellCommand('kubectl', 'taint', 'node', name, taintText(t))),
      ...(unschedulable ? [shellCommand('kubectl', 'cordon', name)] : []),
    ],
    means: meaning(name, unschedulable, closing.length > 0),
  };
}

function meaning(name: string, isCordoned: boolean, isControlPlane: boolean): Text {
  const cordon = {
    en: `Somebody cordoned ${name}, perhaps for a reason that still holds: find out first.`,
    zh: `${name} 是被人为 cordon 的，原因可能仍然存在：请先确认。`,
  };
  const controlPlane = {
    en: `Ordinary Pods would run beside the control plane of ${name} and compete with its etcd and API server for CPU, memory and disk. Putting the taint back keeps new ones off but moves none away: those that are there stay until they are evicted.`,
    zh: `业务 Pod 会与 ${name} 上的控制面一同运行，与 etcd、API server 争用 CPU、内存和磁盘。恢复污点只会阻止新 Pod，不会迁走已有的 Pod：它们会一直留在那里直到被驱逐。`,
  };
  const parts = [...(isCordoned ? [cordon] : []), ...(isControlPlane ? [controlPlane] : [])];
  return { en: parts.map((p) => p.en).join(' '), zh: parts.map((p) => p.zh).join('') };
}

/** Put there by the node controller for a cordon, and taken away by it. */
function isCordonTaint({ key }: NodeTaint): boolean {
  return key === 'node.kubernetes.io/unschedulable';
}

function asTaint({ key, value }: NodeTaint): Taint {
  return { key, value, effect: 'NoSchedule' };
}
