import { isFresh } from '../causes/support/assessment.ts';
import { FRESH_MS } from '../causes/support/confidence.ts';
import { engines, listAnswer } from '../causes/support/engines.ts';
import { callsPerStuckPod, RELIST_THRESHOLD_MS, requestTimeoutMs } from '../causes/support/kubelet.ts';
import { stuckPods } from '../causes/support/status-calls.ts';
import type { CaseView } from '../evidence/view.ts';
import { CURRENT_ERA } from '../pleg/eras.ts';
import { newestRelist } from './relist-stamps.ts';
import { statusTicks } from './status-ticks.ts';

/** When Ready goes and comes next; Unix ms. */
export interface Forecast {
  readonly nextNotReady: { readonly at: number; readonly withinSeconds: number } | null;
  /** Null while the node is Ready, and where the running relist never ends. */
  readonly readyAgainAt: number | null;
}

/** The next relist begins this long after the last one ended. */
const PAUSE_MS = CURRENT_ERA.relist.periodMs;
/** A stamp this old is no relist that is merely at work. */
const STALLED_MS = 10_000;

/** How long the running relist takes, and those after it. */
interface Durations {
  readonly running: number;
  readonly later: number;
}

/**
 * Foretells the next loss of Ready: at the first node status of the kubelet for which the running relist is older
 * than 3 minutes. That is known where it is known when the relist began (`last seen active`) and how long it will take:
 * by the rhythm of the flaps, or by the calls that are seen to hang. Null where the evidence carries no such claim.
 * Source: pkg/kubelet/pleg/generic.go (relist, Healthy), pkg/kubelet/kubelet.go (syncNodeStatus) @ v1.20.2.
 * @param rhythmMs relist time that past flaps tell; null where they tell none
 */
export function forecastReady(view: CaseView, rhythmMs: number | null): Forecast | null {
  const stamp = newestRelist(view, rhythmMs !== null);
  if (stamp === null) return null;
  const began = stamp.at;
  if (listFails(view)) return neverEnding(view, began);
  if (view.now - began > FRESH_MS) return null;
  const durations = rhythmMs === null ? hungDurations(view, began) : { running: rhythmMs, later: rhythmMs };
  if (durations === null || durations.later <= RELIST_THRESHOLD_MS) return null;
  // It runs for longer than what is known to hang accounts for: when it will end is not known.
  if (stamp.running && view.now - began > Math.max(durations.running, durations.later) + STALLED_MS) return null;
  return fromRelist(view, began, durations);
}

/** Without an answer to the list no relist completes again: what is lost stays lost. */
function neverEnding(view: CaseView, began: number): Forecast | null {
  const loss = statusTicks(view).firstAfter(began + RELIST_THRESHOLD_MS);
  return loss.at <= view.now ? null : { nextNotReady: loss, readyAgainAt: null };
}

function listFails(view: CaseView): boolean {
  const used = engines(view).filter((e) => !e.unusedByKubelet && e.kind !== 'containerd');
  return used.length > 0 && used.every((e) => listAnswer(e) === null && e.hung.length + e.refused.length > 0);
}

/**
 * Timed-out calls of the relist that runs. A kubelet that asks for a failed pod twice does so from the second relist on:
 * the first that meets it makes one call, and whether it is that one only the log or its age can tell.
 */
function hungDurations(view: CaseView, began: number): Durations | null {
  const pods = stuckPods(view);
  const age = view.now - began;
  const failedBefore = hasFailedBefore(view, began);
  if (pods === 0 || (age < STALLED_MS && !failedBefore)) return null;
  const timeout = requestTimeoutMs(view);
  const later = pods * callsPerStuckPod(view) * timeout;
  const isLater = callsPerStuckPod(view) === 1 || failedBefore || age > pods * timeout + STALLED_MS;
  if (isLater) return { running: later, later };
  return view.examined('kubelet-log') ? { running: pods * timeout, later } : null;
}

/** Whether the relist before this one ran into a timeout: its last line stands right before this one began. */
function hasFailedBefore(view: CaseView, began: number): boolean {
  return view
    .all('log-signal')
    .some((o) => o.fact.signal === 'runtime-call-timeout' && isFresh(view, o) && o.at <= began + PAUSE_MS);
}

function fromRelist(view: CaseView, began: number, { running, later }: Durations): Forecast {
  const ticks = statusTicks(view);
  // Relists that must have ended since the stamp was read; the next began a second after each.
  let [start, takes] = [began, running];
  while (start + takes + PAUSE_MS <= view.now) [start, takes] = [start + takes + PAUSE_MS, later];
  const loss = takes > RELIST_THRESHOLD_MS ? ticks.firstAfter(start + RELIST_THRESHOLD_MS) : null;
  const next = start + takes + PAUSE_MS;
  if (loss !== null && loss.at > view.now) return { nextNotReady: loss, readyAgainAt: null };
  return {
    nextNotReady: ticks.firstAfter(next + RELIST_THRESHOLD_MS),
    readyAgainAt: loss === null ? null : ticks.firstAfter(next).at,
  };
}
