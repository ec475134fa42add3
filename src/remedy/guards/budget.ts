import { say } from '../../causes/support/say.ts';
import type { NodeFacts } from './cluster-facts.ts';
import type { Guard, GuardLimits } from './guard.ts';

/** No more nodes out of service at once than the budget has, whoever took them out. */
export const budget: Guard = ({ cluster, node, step, limits }) => {
  if (cluster === null || step.phase === 'return' || step.phase === 'free-gently') return null;
  const total = cluster.nodes.length;
  const allowed = allowedOf(limits.maxUnhealthy, total);
  const out = cluster.nodes.filter((n) => n.name !== node && isOut(n));
  if (out.length + 1 <= allowed) return null;
  const names = out.slice(0, 3).map((n) => n.name);
  return {
    guard: 'budget',
    why: say(
      `With ${node} ${out.length + 1} of ${total} nodes would be out of service (${names.join(', ')} already); maxUnhealthy ${limits.maxUnhealthy} allows ${allowed}.`,
      `加上 ${node}，${total} 个节点中将有 ${out.length + 1} 个停止服务（已有：${names.join('、')}）；maxUnhealthy ${limits.maxUnhealthy} 只允许 ${allowed} 个。`,
    ),
    lift: say(
      'Bring one of the others back first, or raise maxUnhealthy.',
      '先恢复其他节点中的一个，或调大 maxUnhealthy。',
    ),
  };
};

function isOut({ ready, unschedulable }: NodeFacts): boolean {
  return ready !== 'True' || unschedulable;
}

/** Rounded down, as a MachineHealthCheck does, but never below one: else a small cluster could heal no node. */
function allowedOf(max: GuardLimits['maxUnhealthy'], total: number): number {
  if (typeof max === 'number') return max;
  return Math.max(1, Math.floor((total * Number.parseFloat(max)) / 100));
}
