import { meanOf } from './mean.ts';
import type { Range } from './range.ts';

/** Latencies as measured on a node, ms. */
export interface MeasuredCalls {
  /** Of status calls that were answered. */
  readonly statusMs: readonly number[];
  /** Of the list of all. */
  readonly listMs: number;
}

/**
 * The containers at which a relist over all of them passes the threshold. Relist lists once and then asks for one status
 * after the other, so T(n) = L + n x m and
 *
 *     n = (threshold - L) / m
 *
 * with m the mean status latency: its 95 % confidence interval gives the bounds. A relist inspects all only where every
 * pod changed since the last one, as for a kubelet that just started. Null where nothing was measured. Numbers that
 * have no bound are Number.MAX_SAFE_INTEGER.
 * Source: pkg/kubelet/pleg/generic.go (relist: "serially may take a while") @ v1.20.2.
 */
export function containersAtThreshold({ statusMs, listMs }: MeasuredCalls, thresholdMs: number): Range | null {
  const mean = meanOf(statusMs);
  if (mean === null) return null;
  const room = Math.max(0, thresholdMs - listMs);
  const at = (meanMs: number) => (meanMs > 0 ? Math.floor(room / meanMs) : Number.MAX_SAFE_INTEGER);
  return { least: at(mean.most), likely: at(mean.likely), most: at(mean.least) };
}
