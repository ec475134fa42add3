import { entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import { kubePath } from '../../kube/paths.ts';
import { observeGap } from '../gaps.ts';
import type { ProbeContext } from '../probe.ts';
import type { ClusterAccess } from './access.ts';
import { endOf } from './ask.ts';
import { listAll } from './list.ts';
import { peerFact, readPeer } from './peers.ts';

/** A node object with its list of images comes to 15 kB and more. */
const PAGE = 250;
/** As many as Kubernetes supports in one cluster. Source: kubernetes.io, Considerations for large clusters. */
const MOST = 5000;

/** How the other nodes do. @param own this node's Ready */
export async function examinePeers(
  context: ProbeContext,
  { client, nodeName }: ClusterAccess,
  own: Promise<FactOf<'node-ready'> | null>,
): Promise<void> {
  const path = kubePath.list('nodes');
  const source = context.record.source(`nodes on ${client.server}`, 'kubectl get nodes');
  const listed = await listAll(
    context,
    client,
    { path, right: 'list nodes', pageSize: PAGE, maxItems: MOST },
    readPeer,
  );
  if (!listed.ok) {
    observeGap(source, 'node-object', listed.why, `other nodes: ${listed.detail}`);
    source.end(endOf(listed));
    return;
  }
  const { items, rest } = listed.value;
  source.observe(peerFact(items, nodeName, await own), [entityId.node()]);
  if (rest !== null) observeGap(source, 'node-object', rest.why, `other nodes: ${rest.detail}`);
  source.end(rest === null ? { status: 'ok' } : { status: 'partial', error: rest.detail });
}
