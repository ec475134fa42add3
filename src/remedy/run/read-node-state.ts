import type { KubeClient } from '../../kube/kube-client.ts';
import { kubePath } from '../../kube/paths.ts';
import { readClusterNode } from '../cluster/objects/node.ts';
import { readClusterPod } from '../cluster/objects/pod.ts';
import { createReader } from '../cluster/reader.ts';
import { nodeState } from './cluster-view.ts';
import type { NodeState } from './prove-ready.ts';

const CALL_MS = 5000;
/** More than any node runs. */
const MOST_PODS = 2000;

/** One look at a node and its pods; null while the API server does not answer or denies it. */
export async function readNodeState(
  client: KubeClient,
  node: string,
  now: number,
  signal: AbortSignal,
): Promise<NodeState | null> {
  const reader = createReader(client, { callTimeoutMs: CALL_MS, deadlineMs: CALL_MS * 2, signal });
  const path = kubePath.list('pods', { 'spec.nodeName': node });
  const [seen, pods] = await Promise.all([
    reader.get('node', kubePath.node(node), 'get nodes', readClusterNode),
    reader.list('pods', { path, right: 'list pods', pageSize: 500, maxItems: MOST_PODS }, readClusterPod),
  ]);
  return seen === null || reader.missing().length > 0 ? null : nodeState(seen, pods, now);
}
