import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import { jsonAnswer } from '../../kube/asked.ts';
import type { KubeAnswer } from '../../kube/kube-client.ts';
import { apiOutcome } from '../../kube/outcome.ts';
import { kubePath } from '../../kube/paths.ts';
import { readNodeObject } from '../../logs/objects/node-object.ts';
import type { CallResult } from '../../runtimes/call-result.ts';
import { observeGap } from '../gaps.ts';
import type { ProbeContext } from '../probe.ts';
import type { ClusterAccess } from './access.ts';
import { endOf, limitsOf } from './ask.ts';
import { NO_LEASE, readLease } from './lease.ts';

/**
 * The node object, and by its answer whether the API server can be reached.
 * @param asker what the way to the API server is of: the kubelet, or the node
 * @returns its Ready; null where it was not seen
 */
export async function examineNode(
  context: ProbeContext,
  access: ClusterAccess,
  asker: EntityId,
): Promise<FactOf<'node-ready'> | null> {
  const { client, nodeName } = access;
  const path = kubePath.node(nodeName);
  const source = context.record.source(`GET ${path} on ${client.server}`, `kubectl get node ${nodeName} -o yaml`);
  const result = await (access.node ?? client.get(path, limitsOf(context)));
  source.observe(await reachOf(context, access, result), [asker]);
  const asked = jsonAnswer(result, 'get nodes');
  const facts = asked.ok ? readNodeObject(asked.value) : null;
  if (facts === null) {
    const { why, detail } = asked.ok ? { why: 'failed' as const, detail: 'the answer is no node' } : asked;
    observeGap(source, 'node-object', why, detail, { partial: false });
    source.end(asked.ok ? { status: 'failed', error: detail } : endOf(asked));
    return null;
  }
  for (const fact of [facts.object, ...(facts.ready ? [facts.ready] : []), ...facts.conditions]) {
    source.observe(fact, [entityId.node()]);
  }
  source.end({ status: 'ok' });
  return facts.ready;
}

/** Where the API server answers but is not well, its own account of that is asked for. */
async function reachOf(
  context: ProbeContext,
  { client, askedWith }: ClusterAccess,
  result: CallResult<KubeAnswer>,
): Promise<FactOf<'api-server'>> {
  const { outcome, detail } = apiOutcome(result);
  const checks = outcome === 'unhealthy' ? await failedChecks(context, client) : [];
  return {
    type: 'api-server',
    server: client.server,
    askedWith,
    outcome,
    detail: [detail, ...checks].join('; '),
    tookMs: result.tookMs,
  };
}

/** Lines such as `[-]etcd failed: reason withheld`. Source: apiserver/pkg/server/healthz/healthz.go. */
async function failedChecks(context: ProbeContext, client: ClusterAccess['client']): Promise<string[]> {
  const answer = await client.get('/readyz?verbose', { ...limitsOf(context), maxBytes: 65_536 });
  if (answer.outcome !== 'ok') return [];
  return answer.value.body
    .split('\n')
    .filter((line) => line.startsWith('[-]'))
    .slice(0, 5);
}

/** The lease by which the kubelet shows that it lives. */
export async function examineLease(context: ProbeContext, { client, nodeName }: ClusterAccess): Promise<void> {
  const path = kubePath.lease(nodeName);
  const command = `kubectl -n kube-node-lease get lease ${nodeName} -o yaml`;
  const source = context.record.source(`GET ${path} on ${client.server}`, command);
  const result = await client.get(path, limitsOf(context));
  if (result.outcome === 'ok' && result.value.status === 404) {
    source.observe(NO_LEASE, [entityId.node()]);
    source.end({ status: 'ok' });
    return;
  }
  const asked = jsonAnswer(result, 'get leases.coordination.k8s.io -n kube-node-lease');
  const lease = asked.ok ? readLease(asked.value) : null;
  if (lease !== null) source.observe(lease, [entityId.node()]);
  else
    observeGap(
      source,
      'node-object',
      asked.ok ? 'failed' : asked.why,
      `lease: ${asked.ok ? 'the answer is none' : asked.detail}`,
    );
  source.end(endOf(asked));
}
