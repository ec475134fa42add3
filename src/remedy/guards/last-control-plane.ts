import { say } from '../../causes/support/say.ts';
import { nodeOf } from './cluster-facts.ts';
import { disturbs, type Guard } from './guard.ts';

/** Without a ready control-plane node there is no cluster to give the node back to. */
export const lastControlPlane: Guard = ({ cluster, node, step }) => {
  if (cluster === null || !disturbs(step) || nodeOf(cluster, node)?.controlPlane !== true) return null;
  const others = cluster.nodes.filter((n) => n.controlPlane && n.name !== node && n.ready === 'True');
  if (others.length > 0) return null;
  return {
    guard: 'last-control-plane',
    why: say(
      `${node} is the only control-plane node that may still serve: ending its pods may end the API server and etcd.`,
      `${node} 是唯一还能提供服务的控制面节点：终止其上的 Pod 可能导致 API server 和 etcd 停止。`,
    ),
    lift: say('Another control-plane node that is Ready.', '另有一个 Ready 的控制面节点。'),
  };
};
