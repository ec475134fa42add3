import { say } from '../../causes/support/say.ts';
import { isElsewhere } from '../plan/relieve.ts';
import { nodeOf } from './cluster-facts.ts';
import type { Guard } from './guard.ts';

/** Ready is Unknown because word does not get through, and nothing on the node is at fault. */
export const controlPlaneSide: Guard = ({ cluster, node, step, diagnosis }) => {
  if (step.phase === 'return') return null;
  const cause = diagnosis.verdict?.cause ?? null;
  const unknown = cluster !== null && nodeOf(cluster, node)?.ready === 'Unknown';
  // A kubelet that is down or stopped makes it Unknown, too: then the node is at fault, and a cause says so.
  const unexplained = unknown && (cause === null || cause === 'undetermined');
  if (!isElsewhere(cause) && !unexplained) return null;
  return {
    guard: 'control-plane-side',
    why: say(
      `${node} is Unknown from the control plane’s side; nothing on the node itself is shown to be at fault.`,
      `${node} 的 Unknown 来自控制面一侧；没有证据表明节点本身有问题。`,
    ),
    lift: say('A diagnosis made on the node that confirms a cause there.', '在该节点上诊断并确认节点自身的原因。'),
  };
};
