import type { CaseView } from '../evidence/view.ts';
import { toldStamps } from '../timeline/stamps.ts';

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
  const stamps = toldStamps(view);
  const live = stamps.findLast((s) => s.by === 'metric');
  if (live !== undefined) return { at: live.begin, running: true };
  const told = [...stamps.map((s) => s.begin), ...(flaps ? byReturn(view) : [])].filter((at) => at <= view.now);
  return told.length === 0 ? null : { at: told.reduce((a, b) => Math.max(a, b)), running: false };
}

/** A node that flaps by its relist is Ready again right after one has ended. */
function byReturn(view: CaseView): number[] {
  return view
    .all('node-ready')
    .flatMap(({ fact: { since, status } }) => (since === null || status !== 'True' ? [] : [since - BEFORE_READY_MS]));
}
