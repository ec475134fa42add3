import type { CaseView } from '../evidence/view.ts';
import type { StatusTicks } from '../pleg/arithmetic/status-ticks.ts';

/** nodeStatusUpdateFrequency where it is not known. */
const USUAL_MS = 10_000;
/** A tick is the period and what the update itself takes: after so long its phase is no longer known. */
const PHASE_HOLDS_MS = 5 * 60_000;

/** When this kubelet computes its node status; the phase as a condition's times or a log line of a change tell it. */
export function statusTicks(view: CaseView): StatusTicks {
  const phase = knownTick(view);
  const everyMs = view.all('kubelet-facts').find((o) => o.fact.nodeStatusUpdateMs)?.fact.nodeStatusUpdateMs ?? USUAL_MS;
  return { everyMs, phase: phase === null || view.now - phase > PHASE_HOLDS_MS ? null : phase };
}

/** The newest tick that something tells of. The control plane's own word (Unknown) is none. */
function knownTick(view: CaseView): number | null {
  const stated = view
    .all('node-ready')
    .filter((o) => o.fact.status !== 'Unknown' && o.fact.by === 'node-object')
    .flatMap((o) => [o.fact.since, o.fact.heartbeatAt ?? null]);
  const logged = view.all('log-signal').flatMap((o) => (o.fact.signal === 'node-became-not-ready' ? [o.at] : []));
  const known = [...stated, ...logged].filter((at) => at !== null).filter((at) => at <= view.now);
  return known.length === 0 ? null : Math.max(...known);
}
