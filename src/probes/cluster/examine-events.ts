import { entityId } from '../../evidence/entity.ts';
import type { SourceRecorder } from '../../evidence/recorder.ts';
import { kubePath } from '../../kube/paths.ts';
import { readEvent, type SeenEvent } from '../../logs/objects/event.ts';
import { observeGap } from '../gaps.ts';
import type { ProbeContext } from '../probe.ts';
import type { ClusterAccess } from './access.ts';
import { endOf, rawCommand } from './ask.ts';
import { listAll } from './list.ts';

const PAGE = 500;
/** Events of one node in the hour that the API server keeps them. */
const MOST_OF_NODE = 2000;
/** Warnings of all the cluster's pods that are looked through: events cannot be selected by node. */
const MOST_OF_PODS = 5000;
/** Of the pods' warnings, the newest that are kept. */
const KEPT_OF_PODS = 300;
const RIGHT = 'list events';

/** What was said of the node: NodeNotReady, Rebooted, EvictionThresholdMet ... */
export async function examineNodeEvents(context: ProbeContext, { client, nodeName }: ClusterAccess): Promise<void> {
  const path = kubePath.list('events', { 'involvedObject.kind': 'Node', 'involvedObject.name': nodeName });
  const source = context.record.source(`events of node ${nodeName} on ${client.server}`, rawCommand(path));
  const request = { path, right: RIGHT, pageSize: PAGE, maxItems: MOST_OF_NODE };
  const listed = await listAll(context, client, request, readEvent);
  if (!listed.ok) {
    observeGap(source, 'node-events', listed.why, listed.detail, { partial: false });
    source.end(endOf(listed));
    return;
  }
  for (const { fact, at } of listed.value.items.toSorted((a, b) => a.at - b.at)) {
    source.observe(fact, [entityId.node()], at);
  }
  endList(source, listed.value.rest);
}

/**
 * Warnings about the node's pods: FailedCreatePodSandBox, FailedKillPod, BackOff, Unhealthy ...
 * @param uids of the node's pods, for writers that do not say where they run
 */
export async function examinePodEvents(
  context: ProbeContext,
  { client, nodeName }: ClusterAccess,
  uids: Promise<ReadonlySet<string>>,
): Promise<void> {
  const path = kubePath.list('events', { 'involvedObject.kind': 'Pod', type: 'Warning' });
  const source = context.record.source(`warnings about pods of ${nodeName} on ${client.server}`, rawCommand(path));
  // Of another node's, nothing is kept; whose writer does not say where it runs is known once the pods are.
  const read = (item: unknown): SeenEvent | null => {
    const event = readEvent(item);
    return event !== null && (event.host === nodeName || event.host === '') ? event : null;
  };
  const listed = await listAll(context, client, { path, right: RIGHT, pageSize: PAGE, maxItems: MOST_OF_PODS }, read);
  if (!listed.ok) {
    observeGap(source, 'node-events', listed.why, listed.detail);
    source.end(endOf(listed));
    return;
  }
  const known = await uids;
  const own = listed.value.items.filter((event) => event.host === nodeName || known.has(event.about.uid));
  const newest = own.toSorted((a, b) => a.at - b.at).slice(-KEPT_OF_PODS);
  for (const { fact, at, about } of newest) {
    const pod = entityId.pod(about.uid || `${about.namespace}/${about.name}`);
    source.observe(fact, [context.record.entity(pod, `${about.namespace}/${about.name}`)], at);
  }
  endList(source, listed.value.rest);
}

type Rest = Extract<Awaited<ReturnType<typeof listAll>>, { ok: true }>['value']['rest'];

function endList(source: SourceRecorder, rest: Rest): void {
  if (rest === null) {
    source.end({ status: 'ok' });
    return;
  }
  observeGap(source, 'node-events', rest.why, rest.detail);
  source.end({ status: 'partial', error: rest.detail });
}
