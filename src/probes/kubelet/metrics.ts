import type { EntityId } from '../../evidence/entity.ts';
import { type KubeletMetrics, readKubeletMetrics } from '../../logs/metrics/kubelet-metrics.ts';
import { observeGap } from '../gaps.ts';
import type { ProbeContext } from '../probe.ts';
import type { HttpGet } from './http-get.ts';
import { type MetricsPlace, metricsPlaces } from './metrics-places.ts';
import type { KubeletSettings } from './settings.ts';

/** Why metrics were not had from one place. */
interface Refusal {
  readonly why: 'no-permission' | 'failed' | 'stuck';
  readonly detail: string;
}

const NEEDED =
  'a client certificate whose user may get nodes/metrics, or readOnlyPort: 10255 in the settings of the kubelet';

/**
 * Reads /metrics from the read-only port where it is open, else from the secure port with a client certificate found on
 * this machine, else through the API server of the cluster that the user named; writes what it says of the PLEG and of runtime
 * operations.
 * @returns null where no place gave metrics; the gap then says what would be needed
 */
export async function examineMetrics(
  context: ProbeContext,
  kubelet: EntityId,
  settings: KubeletSettings,
  get: HttpGet,
): Promise<KubeletMetrics | null> {
  const refusals: Refusal[] = [];
  const ask = async (place: MetricsPlace): Promise<KubeletMetrics | null> => {
    const answer = await askOnce(context, kubelet, place);
    if (!('why' in answer)) return answer;
    refusals.push(answer);
    return null;
  };
  for await (const place of metricsPlaces(context, settings, get, () => refusals.at(-1)?.why === 'stuck')) {
    const metrics = await ask(place);
    if (metrics !== null) return metrics;
  }
  const source = context.record.source('metrics of the kubelet', null);
  const last = refusals.findLast((r) => r.why === 'stuck') ?? refusals.at(-1);
  const refused = last?.detail ?? 'the read-only port is switched off';
  const detail = last?.why === 'stuck' ? refused : `${refused}; needs ${NEEDED}`;
  observeGap(source, 'kubelet', last?.why ?? 'no-permission', detail);
  source.end({ status: 'skipped', error: detail });
  return null;
}

async function askOnce(
  { host, record, signal, options, deadline }: ProbeContext,
  kubelet: EntityId,
  { url, command, get, identity }: MetricsPlace,
): Promise<KubeletMetrics | Refusal> {
  const source = record.source(`GET ${url}`, command);
  const result = await get(
    url,
    { deadlineMs: Math.min(options.callTimeoutMs, deadline - host.now()), signal },
    identity,
  );
  const refuse = (why: Refusal['why'], detail: string): Refusal => {
    source.end({ status: why === 'stuck' ? 'timeout' : 'failed', error: detail });
    return { why, detail: `${url}: ${detail}` };
  };
  if (result.outcome !== 'ok') {
    return refuse(result.outcome === 'timeout' ? 'stuck' : 'failed', `${result.code}: ${result.message}`);
  }
  const { status, body } = result.value;
  if (status === 401 || status === 403) return refuse('no-permission', `HTTP ${status}`);
  const metrics = readKubeletMetrics(body, host.now());
  if (status !== 200 || metrics.pleg === null) return refuse('failed', `HTTP ${status}, no metrics of a kubelet`);
  source.observe(metrics.pleg, [kubelet]);
  for (const operation of metrics.operations) source.observe(operation, [kubelet]);
  source.end({ status: 'ok' });
  return metrics;
}
