import { entityId } from '../../evidence/entity.ts';
import { kubePath } from '../../kube/paths.ts';
import { readPod, type SeenPod } from '../../logs/objects/pod.ts';
import { observeGap } from '../gaps.ts';
import type { ProbeContext } from '../probe.ts';
import type { ClusterAccess } from './access.ts';
import { endOf } from './ask.ts';
import { listAll } from './list.ts';

/** Five times the kubelet's default of 110, and a page of its own. */
const MOST = 1000;

/** The node's pods as the API server has them. @returns their uids */
export async function examinePods(
  context: ProbeContext,
  { client, nodeName }: ClusterAccess,
): Promise<ReadonlySet<string>> {
  const path = kubePath.list('pods', { 'spec.nodeName': nodeName });
  const command = `kubectl get pods -A -o wide --field-selector spec.nodeName=${nodeName}`;
  const source = context.record.source(`pods of node ${nodeName} on ${client.server}`, command);
  const request = { path, right: 'list pods', pageSize: 500, maxItems: MOST };
  const listed = await listAll(context, client, request, readPod);
  if (!listed.ok) {
    observeGap(source, 'node-pods', listed.why, listed.detail, { partial: false });
    source.end(endOf(listed));
    return new Set();
  }
  const { items, rest } = listed.value;
  for (const pod of items) source.observe(pod.fact, [namePod(context, pod)]);
  if (rest !== null) observeGap(source, 'node-pods', rest.why, rest.detail);
  source.end(rest === null ? { status: 'ok' } : { status: 'partial', error: rest.detail });
  return new Set(items.map((pod) => pod.uid));
}

/** Names the pod and its containers, as the probes of the runtimes do. */
function namePod({ record }: ProbeContext, { uid, fact, containers }: SeenPod) {
  const { namespace, name } = fact;
  const id = record.entity(entityId.pod(uid), `${namespace}/${name}`, { namespace, pod: name });
  for (const container of containers) {
    record.entity(entityId.container(container.id), `${name}/${container.name}`);
    record.link(entityId.container(container.id), 'member-of', id);
  }
  return id;
}
