import { say } from '../../causes/support/say.ts';
import { disturbs, type Guard } from './guard.ts';

/** Unattended, what ends pods is done only where the other nodes were seen. */
export const unseenCluster: Guard = ({ cluster, step, unattended }) => {
  if (!unattended || cluster !== null || !disturbs(step)) return null;
  return {
    guard: 'unseen-cluster',
    why: say(
      'The other nodes were not seen: whether they share the fault, and whether the pods have a place there, is not known.',
      '看不到其他节点：无法判断故障是否为共有、Pod 是否有处可去。',
    ),
    lift: say(
      'An API server that answers (--kubeconfig), or --apply with a person who consents.',
      'API server 可访问（--kubeconfig），或用 --apply 由人确认。',
    ),
  };
};
