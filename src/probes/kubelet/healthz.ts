import type { EntityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import type { CallResult } from '../../runtimes/call-result.ts';
import { observeGap } from '../gaps.ts';
import type { ProbeContext } from '../probe.ts';
import type { HttpAnswer, HttpGet } from './http-get.ts';
import type { KubeletSettings } from './settings.ts';

/**
 * GET /healthz on the kubelet's health port. It tells of the kubelet's own sync loop and not of the PLEG, which was
 * taken out of it in 1.6 (kubernetes/kubernetes#37865).
 */
export async function examineHealthz(
  { host, record, signal, options, deadline }: ProbeContext,
  kubelet: EntityId,
  { healthzUrl }: KubeletSettings,
  get: HttpGet,
): Promise<void> {
  const source = record.source(`GET ${healthzUrl ?? '/healthz'}`, healthzUrl && `curl -m 5 ${healthzUrl}`);
  if (healthzUrl === null) {
    observeGap(source, 'kubelet', 'absent', 'the health port of the kubelet is switched off');
    source.end({ status: 'skipped', error: 'healthzPort is 0' });
    return;
  }
  const deadlineMs = Math.min(options.callTimeoutMs, deadline - host.now());
  const result = await get(healthzUrl, { deadlineMs, signal });
  source.observe({ type: 'kubelet-healthz', endpoint: healthzUrl, ...healthOf(result), tookMs: result.tookMs }, [
    kubelet,
  ]);
  if (result.outcome === 'ok') source.end({ status: 'ok' });
  else source.end({ status: result.outcome === 'timeout' ? 'timeout' : 'failed', error: result.message });
}

function healthOf(result: CallResult<HttpAnswer>): Pick<FactOf<'kubelet-healthz'>, 'outcome' | 'body'> {
  if (result.outcome !== 'ok') return { outcome: result.outcome, body: `${result.code}: ${result.message}` };
  const { status, body } = result.value;
  return { outcome: status === 200 ? 'ok' : 'unhealthy', body: body.slice(0, 1000) };
}
