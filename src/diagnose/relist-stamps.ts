import type { CaseView } from '../evidence/view.ts';
import { parseGoDuration } from '../text/go-duration.ts';

/** kubelet_pleg_last_seen_seconds is cut to whole seconds. */
const HALF_SECOND_MS = 500;
/** Less than the time between two node statuses, of which the one that found the PLEG healthy again came after the relist began. */
const BEFORE_READY_MS = 5000;

/** When a relist began. */
export interface RelistStamp {
  /** Unix ms. */
  readonly at: number;
  /** By the metric, which tells of the relist that runs now; what a log or a condition tells of may have ended since. */
  readonly running: boolean;
}

/**
 * The newest relist whose beginning is known; null where nothing tells. Told by the kubelet's metric, by its `last seen
 * active ... ago` in log lines and in the node's condition, and by the moment at which Ready came back.
 * @param flaps whether the node is known to lose and regain Ready by the relist: else a node may have turned Ready
 * because it was started
 */
export function newestRelist(view: CaseView, flaps: boolean): RelistStamp | null {
  const live = byMetric(view).at(-1);
  if (live !== undefined) return { at: live, running: true };
  const told = [...byLog(view), ...byCondition(view, flaps)].filter((at) => at <= view.now);
  return told.length === 0 ? null : { at: Math.max(...told), running: false };
}

function byMetric(view: CaseView): number[] {
  return view
    .all('kubelet-pleg')
    .flatMap((o) => (o.fact.lastSeenAgeMs === null ? [] : [o.at - o.fact.lastSeenAgeMs + HALF_SECOND_MS]));
}

function byLog(view: CaseView): number[] {
  return view.all('log-signal').flatMap((o) => (o.fact.ageMs === null ? [] : [o.at - o.fact.ageMs]));
}

function byCondition(view: CaseView, flaps: boolean): number[] {
  return view.all('node-ready').flatMap(({ fact: { since, heartbeatAt, status, message } }) => {
    if (since === null) return [];
    if (status === 'True') return flaps ? [since - BEFORE_READY_MS] : [];
    const words = /last seen active (\S{2,40}) ago/.exec(message)?.[1];
    const age = words === undefined ? null : parseGoDuration(words);
    // The message is of the update that the heartbeat tells of; a log line is of its own time.
    return age === null ? [] : [Math.round((heartbeatAt ?? since) - age)];
  });
}
