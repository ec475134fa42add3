import type { Text } from '../../text/text.ts';
import { joinTexts } from '../../text/text.ts';
import type { Act, Taint } from '../act.ts';
import type { Capacity } from './capacity/index.ts';
import type { ClusterContext, HeldLock } from './context.ts';
import type { ClusterNode } from './objects/node.ts';
import { nameOf } from './objects/pod.ts';

/** A cluster as guards see it. */
interface GuardView {
  readonly nodes: readonly {
    readonly name: string;
    readonly ready: 'True' | 'False' | 'Unknown';
    readonly readySince: number | null;
    readonly controlPlane: boolean;
    readonly unschedulable: boolean;
    readonly taints: readonly Taint[];
    readonly annotations: Readonly<Record<string, string>>;
    readonly labels: Readonly<Record<string, string>>;
  }[];
  readonly locks: readonly HeldLock[];
}

/** What guards look at; null where the nodes could not be read, so that nothing is taken for well that was not seen. */
export function guardView({ nodes, locks, missing }: ClusterContext): GuardView | null {
  if (missing.some(({ part }) => part === 'nodes')) return null;
  return { nodes: nodes.map(guardNode), locks };
}

function guardNode(node: ClusterNode): GuardView['nodes'][number] {
  const { name, unschedulable, annotations, labels } = node;
  const ready = node.ready?.status ?? 'Unknown';
  const taints = node.taints.map(({ key, value, effect }) => ({ key, value, effect: effect as Taint['effect'] }));
  const readySince = node.ready?.since ?? null;
  return { name, ready, readySince, controlPlane: node.isControlPlane, unschedulable, taints, annotations, labels };
}

/** A capacity as a plan tells of it: one line a pod without a place, one act an offer. */
interface PlanView {
  readonly fits: boolean;
  readonly misfits: readonly { readonly pod: string; readonly why: Text }[];
  readonly offers: readonly { readonly act: Act; readonly means: Text }[];
}

/** Where several nodes have to be opened, the acts of all of them are offered, in order. */
export function planView({ unplaced, together }: Capacity): PlanView {
  return {
    fits: unplaced.length === 0,
    misfits: unplaced.map(({ pod, refusals }) => ({
      pod: nameOf(pod),
      why: joinTexts(
        refusals.map((r) => r.text),
        { en: ', ', zh: '，' },
      ),
    })),
    offers: together.flatMap(({ acts, means }) => acts.map((act) => ({ act, means }))),
  };
}
