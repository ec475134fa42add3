import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import { type Asked, okAnswer } from '../../kube/asked.ts';
import { kubePath } from '../../kube/paths.ts';
import { readKubeletMetrics } from '../../logs/metrics/kubelet-metrics.ts';
import { parseGoDuration } from '../../text/go-duration.ts';
import { observeGap } from '../gaps.ts';
import type { ProbeContext } from '../probe.ts';
import type { ClusterAccess } from './access.ts';
import { askJson, endOf, limitsOf, rawCommand } from './ask.ts';
import { type KubeletConfig, readConfigz } from './configz.ts';

/** One right opens all of the proxy. It also lets commands run in every container of the node: see docs/privileges.md. */
export const PROXY_RIGHT = 'get nodes/proxy';

/** The kubelet of another machine: that it runs is not known. */
export function remoteKubelet({ record }: ProbeContext): EntityId {
  return record.entity(entityId.component('kubelet', null), 'kubelet');
}

/** Health, metrics and settings of the node's kubelet, asked through the API server. */
export async function examineKubeletByProxy(context: ProbeContext, access: ClusterAccess): Promise<void> {
  const kubelet = remoteKubelet(context);
  const [metrics, config] = await Promise.all([
    examineMetrics(context, access, kubelet),
    examineConfig(context, access),
    examineHealth(context, access, kubelet),
  ]);
  if (metrics === null && config === null) return;
  const source = context.record.source(`settings of the kubelet of ${access.nodeName}`, null);
  source.observe(
    {
      type: 'kubelet-facts',
      version: metrics,
      runtimeEndpoint: config?.containerRuntimeEndpoint || null,
      runtimeRequestTimeoutMs: parseGoDuration(config?.runtimeRequestTimeout ?? ''),
      rootDir: null,
    },
    [kubelet],
  );
  source.end({ status: config === null ? 'partial' : 'ok' });
}

/**
 * /healthz behind the proxy. An API server that cannot reach the kubelet answers 502 or 503 itself; one whose kubelet
 * accepts and does not answer waits, so that the deadline is ours.
 */
async function examineHealth(
  context: ProbeContext,
  { client, nodeName }: ClusterAccess,
  kubelet: EntityId,
): Promise<void> {
  const path = kubePath.proxy(nodeName, 'healthz');
  const source = context.record.source(`GET ${path} on ${client.server}`, rawCommand(path));
  const result = await client.get(path, { ...limitsOf(context), maxBytes: 65_536 });
  const asked = okAnswer(result, PROXY_RIGHT);
  if (!asked.ok && asked.why === 'no-permission') observeGap(source, 'kubelet', asked.why, asked.detail);
  else {
    const outcome = healthOf(asked);
    const body = asked.ok ? asked.value.body.slice(0, 1000) : asked.detail;
    source.observe({ type: 'kubelet-healthz', endpoint: path, outcome, body, tookMs: result.tookMs }, [kubelet]);
  }
  source.end(endOf(asked));
}

function healthOf(asked: Asked<unknown>): FactOf<'kubelet-healthz'>['outcome'] {
  if (asked.ok) return 'ok';
  if (asked.why === 'stuck') return 'timeout';
  // 500 is the kubelet's own word; 502, 503 and 504 are the API server's, which got no answer from it.
  return asked.detail.startsWith('HTTP 500') && !/dial tcp|proxy error|error trying to reach/i.test(asked.detail)
    ? 'unhealthy'
    : 'error';
}

/** @returns the kubelet's version; null where metrics were not had */
async function examineMetrics(
  context: ProbeContext,
  { client, nodeName }: ClusterAccess,
  kubelet: EntityId,
): Promise<string | null> {
  const path = kubePath.proxy(nodeName, 'metrics');
  const source = context.record.source(`GET ${path} on ${client.server}`, rawCommand(path));
  const asked = okAnswer(await client.get(path, { ...limitsOf(context), accept: 'text/plain' }), PROXY_RIGHT);
  const metrics = asked.ok ? readKubeletMetrics(asked.value.body, context.host.now()) : null;
  if (metrics?.pleg == null) {
    const [why, detail] = asked.ok ? (['failed', 'no metrics of a kubelet'] as const) : [asked.why, asked.detail];
    observeGap(source, 'kubelet', why, detail, { partial: false });
    source.end(asked.ok ? { status: 'failed', error: detail } : endOf(asked));
    return null;
  }
  for (const fact of [metrics.pleg, ...metrics.operations]) source.observe(fact, [kubelet]);
  source.end({ status: 'ok' });
  return metrics.version;
}

/** What the kubelet runs with. That it cannot be had is no loss that is worth a word: the defaults are taken. */
async function examineConfig(
  context: ProbeContext,
  { client, nodeName }: ClusterAccess,
): Promise<KubeletConfig | null> {
  const path = kubePath.proxy(nodeName, 'configz');
  const source = context.record.source(`GET ${path} on ${client.server}`, rawCommand(path));
  const asked = await askJson(context, client, path, PROXY_RIGHT);
  source.end(endOf(asked));
  return asked.ok ? readConfigz(asked.value) : null;
}
