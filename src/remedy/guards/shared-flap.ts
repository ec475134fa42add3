import { say } from '../../causes/support/say.ts';
import { nodeOf } from './cluster-facts.ts';
import type { Guard } from './guard.ts';

/** Nodes lost within so long of this one, ms, share a reason. */
const TOGETHER_MS = 300_000;
/** Of the other nodes: from here on it is not this node that is sick. */
const SHARE = 0.3;
const FEWEST = 2;

/** Many nodes lost Ready together: that is the network, the API server or a roll-out, not this node. */
export const sharedFlap: Guard = ({ cluster, node, step }) => {
  if (cluster === null || step.phase === 'return') return null;
  const own = nodeOf(cluster, node);
  const others = cluster.nodes.filter((n) => n.name !== node);
  const together = others.filter(
    (n) =>
      n.ready !== 'True' &&
      (own?.readySince == null || n.readySince === null || Math.abs(n.readySince - own.readySince) <= TOGETHER_MS),
  );
  if (own?.ready === 'True' || together.length < Math.max(FEWEST, Math.ceil(others.length * SHARE))) return null;
  const n = together.length;
  return {
    guard: 'shared-flap',
    why: say(
      `${n} of ${others.length} other nodes lost Ready within 5 minutes of ${node}: what they share is at fault, not this node.`,
      `另有 ${n} 个节点（共 ${others.length} 个）与 ${node} 在 5 分钟内一同失去 Ready：问题出在它们共有的部分，而不是本节点。`,
    ),
    lift: say(
      `Fewer than ${Math.max(FEWEST, Math.ceil(others.length * SHARE))} other nodes lost together. Look at the network, the API server and what was rolled out.`,
      `一同失联的其他节点少于 ${Math.max(FEWEST, Math.ceil(others.length * SHARE))} 个。请检查网络、API server 以及最近的发布。`,
    ),
  };
};
