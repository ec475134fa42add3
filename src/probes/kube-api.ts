import { type EntityId, entityId } from '../evidence/entity.ts';
import type { Topic } from '../evidence/vocabulary/limits.ts';
import type { ClusterAccess } from './cluster/access.ts';
import { examineNodeEvents, examinePodEvents } from './cluster/examine-events.ts';
import { examineLease, examineNode } from './cluster/examine-node.ts';
import { examinePeers } from './cluster/examine-peers.ts';
import { examinePods } from './cluster/examine-pods.ts';
import { findOwnKubelet } from './cluster/own-kubelet.ts';
import { observeGap } from './gaps.ts';
import type { Probe, ProbeContext } from './probe.ts';

const TOPICS: readonly Topic[] = ['node-object', 'node-events', 'node-pods'];

/**
 * The node as its API server has it. Where the user names no cluster, the kubelet that runs here is taken at its own
 * kubeconfig, whose user may read its own node, lease and pods, and no events.
 */
export const kubeApiProbe: Probe = { name: 'kube-api', topics: TOPICS, run };

async function run(context: ProbeContext): Promise<void> {
  const named = context.options.cluster;
  if (named === undefined) await examineByKubelet(context);
  else await examineByUser(context, named);
}

async function examineByUser(context: ProbeContext, access: ClusterAccess): Promise<void> {
  const ready = examineNode(context, access, entityId.node());
  const uids = examinePods(context, access);
  await Promise.all([
    ready,
    uids,
    examineLease(context, access),
    examineNodeEvents(context, access),
    examinePodEvents(context, access, uids),
    examinePeers(context, access, ready),
  ]);
}

async function examineByKubelet(context: ProbeContext): Promise<void> {
  const { record } = context;
  const { nodeName } = context.options;
  const own = await (nodeName === undefined ? context.share(findOwnKubelet) : findOwnKubelet(context, nodeName));
  if ('why' in own) {
    const source = record.source('kubeconfig of the kubelet', null);
    for (const topic of TOPICS) observeGap(source, topic, own.why, own.detail, { partial: false });
    source.end({ status: 'skipped', error: own.detail });
    return;
  }
  const { createKubeClient } = await import('../kube/connect.ts');
  const client = createKubeClient(own.connection, own.env);
  const access: ClusterAccess = { client, nodeName: own.nodeName, askedWith: 'kubelet-kubeconfig' };
  noteEvents(context, own.component);
  await Promise.all([
    examineNode(context, access, own.component),
    examineLease(context, access),
    examinePods(context, access),
  ]);
  client.close();
}

/** Not even asked for. Source: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go, NodeRules. */
function noteEvents({ record }: ProbeContext, kubelet: EntityId): void {
  const source = record.source('events of the node', 'kubectl get events -A --field-selector involvedObject.kind=Node');
  record.entity(kubelet, 'kubelet');
  observeGap(source, 'node-events', 'no-permission', 'a kubelet may not list events', {
    partial: false,
  });
  source.end({ status: 'skipped', error: 'a kubelet may not list events' });
}
