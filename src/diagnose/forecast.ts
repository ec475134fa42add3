import { isFresh } from '../causes/support/assessment.ts';
import { engines, listAnswer } from '../causes/support/engines.ts';
import { FRESH_MS } from '../causes/support/freshness.ts';
import { RELIST_THRESHOLD_MS, relistRules, requestTimeoutMs } from '../causes/support/kubelet.ts';
import { stuckPods } from '../causes/support/status-calls.ts';
import type { CaseView } from '../evidence/view.ts';
import { type HungRelist, hungRelist } from '../pleg/arithmetic/hung-calls.ts';
import { foretellReady, foretellStalled, type ReadyForecast } from '../pleg/arithmetic/time-to-not-ready.ts';
import { newestRelist } from './relist-stamps.ts';
import { statusTicks } from './status-ticks.ts';

/** A stamp this old is no relist that is merely at work. */
const STALLED_MS = 10_000;

/** How long the running relist takes, and those after it. */
interface Durations {
  readonly running: number;
  readonly later: number;
}

/**
 * Foretells the next loss of Ready where it is known when the relist began (`last seen active`) and how long it will
 * take: by the rhythm of the flaps, or by the calls that are seen to hang. Null where the evidence carries no such claim.
 * @param rhythmMs relist time that past flaps tell; null where they tell none
 */
export function forecastReady(view: CaseView, rhythmMs: number | null): ReadyForecast | null {
  const stamp = newestRelist(view, rhythmMs !== null);
  if (stamp === null) return null;
  const began = stamp.at;
  if (listFails(view)) return foretellStalled(began, view.now, statusTicks(view), relistRules(view));
  if (view.now - began > FRESH_MS) return null;
  const durations = rhythmMs === null ? hungDurations(view, began) : { running: rhythmMs, later: rhythmMs };
  if (durations === null || durations.later <= RELIST_THRESHOLD_MS) return null;
  // It runs for longer than what is known to hang accounts for: when it will end is not known.
  if (stamp.running && view.now - began > Math.max(durations.running, durations.later) + STALLED_MS) return null;
  const relist = { began, takesMs: durations.running, laterMs: durations.later };
  return foretellReady(relist, view.now, statusTicks(view), relistRules(view));
}

function listFails(view: CaseView): boolean {
  const used = engines(view).filter((e) => !e.unusedByKubelet && e.kind !== 'containerd');
  return used.length > 0 && used.every((e) => listAnswer(e) === null && e.hung.length + e.refused.length > 0);
}

/** Whether the relist that runs is the first that met the stuck pods, only the log or its age can tell. */
function hungDurations(view: CaseView, began: number): Durations | null {
  const pods = stuckPods(view);
  const age = view.now - began;
  const failedBefore = hasFailedBefore(view, began);
  if (pods === 0 || (age < STALLED_MS && !failedBefore)) return null;
  const { firstMs, laterMs }: HungRelist = hungRelist(pods, requestTimeoutMs(view), relistRules(view));
  const isLater = firstMs === laterMs || failedBefore || age > firstMs + STALLED_MS;
  if (isLater) return { running: laterMs, later: laterMs };
  return view.examined('kubelet-log') ? { running: firstMs, later: laterMs } : null;
}

/** Whether the relist before this one ran into a timeout: its last line stands right before this one began. */
function hasFailedBefore(view: CaseView, began: number): boolean {
  const { periodMs } = relistRules(view);
  return view
    .all('log-signal')
    .some((o) => o.fact.signal === 'runtime-call-timeout' && isFresh(view, o) && o.at <= began + periodMs);
}
