import type { CaseView } from '../evidence/view.ts';

/** nodeStatusUpdateFrequency where it is not known. */
const USUAL_MS = 10_000;
/** A tick is the period and what the update itself takes: after so long its phase is no longer known. */
const PHASE_HOLDS_MS = 5 * 60_000;
/** Stamps are cut to seconds and the update takes a moment: closer than this it may be this tick or the next. */
const BLUR_MS = 1500;

/** The moments at which the kubelet computes its node status. */
export interface StatusTicks {
  /** The first after a moment (Unix ms), and how many seconds it may be off. */
  firstAfter(moment: number): { readonly at: number; readonly withinSeconds: number };
}

/**
 * Every 10 s (`wait.Until(syncNodeStatus, nodeStatusUpdateFrequency)` in pkg/kubelet/kubelet.go @ v1.20.2), with a phase
 * that a condition's times or a log line of a change tell. Without the phase the middle of the ten seconds is given.
 */
export function statusTicks(view: CaseView): StatusTicks {
  const phase = knownTick(view);
  const every = view.all('kubelet-facts').find((o) => o.fact.nodeStatusUpdateMs)?.fact.nodeStatusUpdateMs ?? USUAL_MS;
  const middle = (moment: number) => ({
    at: Math.round(moment + every / 2),
    withinSeconds: Math.ceil((every / 2 + BLUR_MS) / 1000),
  });
  return {
    firstAfter: (moment) => {
      if (phase === null || view.now - phase > PHASE_HOLDS_MS) return middle(moment);
      const wait = every - ((((moment - phase) % every) + every) % every);
      if (wait < BLUR_MS || wait > every - BLUR_MS) return middle(moment);
      return { at: Math.round(moment + wait), withinSeconds: 3 };
    },
  };
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
