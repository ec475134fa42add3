import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import { containersAtThreshold } from '../../pleg/arithmetic/container-ceiling.ts';
import type { Range } from '../../pleg/arithmetic/range.ts';
import { type EngineHealth, engines, listAnswer } from './engines.ts';

/** How long a relist over everything an engine has would take, from latencies measured here. */
export interface RelistEstimate {
  readonly engine: EngineHealth;
  readonly list: Observation<'call'>;
  /** The slowest status call that answered. */
  readonly slowest: Observation<'call'>;
  readonly containers: number;
  readonly meanStatusMs: number;
  /** List plus one status call after the other: relist inspects serially (pkg/kubelet/pleg/generic.go). */
  readonly relistMs: number;
  /** Containers at which a relist over all of them would pass the threshold, at this latency. */
  readonly ceiling: Range;
}

/**
 * An estimate for each engine whose list and status calls answered. Hung calls are left out: they are a fault of
 * their own. Latencies were measured some calls in parallel, so that they are rather too long than too short.
 */
export function estimateRelists(view: CaseView, thresholdMs: number): readonly RelistEstimate[] {
  return engines(view).flatMap((engine) => {
    const list = listAnswer(engine);
    const answered = engine.statuses.filter((o) => o.fact.outcome === 'ok');
    const slowest = answered.toSorted((a, b) => b.fact.tookMs - a.fact.tookMs)[0];
    const statusMs = answered.map((o) => o.fact.tookMs);
    const ceiling = list && containersAtThreshold({ statusMs, listMs: list.fact.tookMs }, thresholdMs);
    if (list === null || slowest === undefined || ceiling === null) return [];
    const meanStatusMs = statusMs.reduce((sum, ms) => sum + ms, 0) / answered.length;
    const containers = view.fact(engine.id, 'container-counts')?.total ?? answered.length;
    const relistMs = list.fact.tookMs + containers * meanStatusMs;
    return [{ engine, list, slowest, containers, meanStatusMs, relistMs, ceiling }];
  });
}
