import type { Random } from './random.ts';
import type { Latency } from './scenario.ts';

/** The normal distribution's 99 % quantile. */
const Z99 = 2.3263;

/** Latencies are skewed: their logarithm is taken as normal, so that two quantiles tell it all. */
function spread({ p50Ms, p99Ms }: Latency): number {
  return Math.log(p99Ms / p50Ms) / Z99;
}

/** The latency of one call, ms. */
export function drawLatency(latency: Latency, random: Random): number {
  const sigma = spread(latency);
  return sigma === 0 ? latency.p50Ms : latency.p50Ms * Math.exp(sigma * normal(random));
}

/** The mean of a log-normal distribution, ms. */
export function meanLatency(latency: Latency): number {
  return latency.p50Ms * Math.exp(spread(latency) ** 2 / 2);
}

/** Box-Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log1p(-random())) * Math.cos(2 * Math.PI * random());
}
