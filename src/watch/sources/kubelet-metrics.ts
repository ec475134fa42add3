import { readKubeletMetrics } from '../../logs/metrics/kubelet-metrics.ts';
import { systemClock } from '../../pleg/runtimes/system-clock.ts';
import type { MetricsPlace } from '../../probes/kubelet/metrics-places.ts';
import type { KubeletLook } from '../model/news.ts';
import { type Looked, lookEvery, type RunningSource, type Tell } from './source.ts';

/** They cost the kubelet more than us; the stamp in them loses nothing by being read less often. ms. */
const EVERY_MS = 5000;
const DEADLINE_MS = 3000;

/**
 * Finds where the kubelet's metrics may be had, the cheapest first.
 * @param hung whether the last place did not answer
 */
export type FindPlaces = (hung: () => boolean) => AsyncIterable<MetricsPlace>;

/**
 * The kubelet's metrics, from the first place that gives them. Where it gives them no longer, all places are tried
 * again: a kubelet that was restarted may have other ports and accept other certificates.
 */
export function watchKubeletMetrics(findPlaces: FindPlaces, tell: Tell): RunningSource {
  let place: MetricsPlace | null = null;
  const look = async (signal: AbortSignal): Promise<Looked> => {
    let refused: Refusal = { why: 'no port of it is open for them', hung: false };
    const tried = place === null ? findPlaces(() => refused.hung) : [place];
    for await (const candidate of tried) {
      const answer = await ask(candidate, signal);
      if (signal.aborted) return { ok: true };
      if (!('why' in answer)) {
        place = candidate;
        tell({ type: 'kubelet', at: systemClock.now(), look: answer });
        return { ok: true };
      }
      refused = answer;
    }
    place = null;
    return { ok: false, why: refused.why };
  };
  return lookEvery(EVERY_MS, 'kubelet-metrics', tell, look);
}

/** Why a place gave nothing. */
interface Refusal {
  readonly why: string;
  readonly hung: boolean;
}

async function ask({ url, get, identity }: MetricsPlace, signal: AbortSignal): Promise<KubeletLook | Refusal> {
  const result = await get(url, { deadlineMs: DEADLINE_MS, signal }, identity);
  if (result.outcome !== 'ok') return { why: `${url}: ${result.message}`, hung: result.outcome === 'timeout' };
  const { status, body } = result.value;
  if (status !== 200) return { why: `${url}: HTTP ${status}`, hung: false };
  const { version, pleg } = readKubeletMetrics(body, Date.now());
  if (pleg === null) return { why: `${url}: no metrics of a kubelet`, hung: false };
  const { lastSeenAgeMs, relistCount, relistMeanMs } = pleg;
  const relists = relistCount === null ? null : { count: relistCount, totalMs: relistCount * (relistMeanMs ?? 0) };
  return { version, lastSeenAt: lastSeenAgeMs === null ? null : systemClock.now() - lastSeenAgeMs, relists };
}
