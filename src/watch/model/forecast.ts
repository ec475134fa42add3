import { type HungRelist, hungRelist } from '../../pleg/arithmetic/hung-calls.ts';
import type { Moment, StatusTicks } from '../../pleg/arithmetic/status-ticks.ts';
import { foretellReady, foretellStalled } from '../../pleg/arithmetic/time-to-not-ready.ts';
import type { HungContainer } from '../../pleg/hang-proof/tracked-container.ts';
import { kubeletAge, type RelistStamp, stampOf } from './stamp.ts';
import type { WatchState } from './state.ts';
import { kubeletRules } from './subject.ts';

/** A stamp this old is no relist that is merely at work, ms. */
const STALLED_MS = 10_000;
/** A tick is the period and what the update itself takes: after so long its phase is no longer known, ms. */
const PHASE_HOLDS_MS = 5 * 60_000;

/** Where the running relist leads. Unix ms. */
export interface Forecast {
  /** Whose relist: the kubelet's own or, where its metrics are not seen, ours, whose list is not answered either. */
  readonly by: 'kubelet' | 'ours';
  readonly runningSince: number;
  /** Ready's next loss; null where the relist is expected to end in time, or Ready is lost already and stays so. */
  readonly loss: Moment | null;
  /** When the running relist should end, by what is seen to hang; null where that does not tell. */
  readonly endsAt: number | null;
  /** When Ready should come back; null while it is not lost, and where that does not tell. */
  readonly readyAgainAt: number | null;
}

/**
 * Foretells from the stamp of the running relist and from the pods that hang. What hangs for us need not hang for the
 * kubelet, that asks only for what changed: so it counts only while the kubelet's own relist is seen to run for longer
 * than it should, and no longer than it explains.
 * @returns null while no relist runs for long
 */
export function foretell(state: WatchState, now: number): Forecast | null {
  const stamp = heldUpAgain(state, now) ?? stampOf(state, now);
  if (stamp === null || (now - stamp.at < STALLED_MS && !stamp.heldUp)) return null;
  const rules = kubeletRules(state.subject, state.kubelet?.version ?? null);
  const ticks = statusTicks(state, rules.statusEveryMs, now);
  const { by, at: runningSince } = stamp;
  const takes = by === 'kubelet' ? hungDurations(state) : null;
  if (takes === null || now - runningSince > takes.runningMs + STALLED_MS) {
    const loss = foretellStalled(runningSince, now, ticks, rules)?.nextNotReady ?? null;
    return { by, runningSince, loss, endsAt: null, readyAgainAt: null };
  }
  const relist = { began: runningSince, takesMs: takes.runningMs, laterMs: takes.laterMs };
  const { nextNotReady, readyAgainAt } = foretellReady(relist, now, ticks, rules);
  return { by, runningSince, loss: nextNotReady, endsAt: runningSince + takes.runningMs, readyAgainAt };
}

/**
 * The stamp of a relist of which it is known from its begin that it will be held up: the last one was, and what hangs
 * still does. Null else.
 */
function heldUpAgain(state: WatchState, now: number): RelistStamp | null {
  const { kubelet } = state;
  if (kubelet?.lastSeenAt == null || (kubelet.gapMs ?? 0) < STALLED_MS || kubeletAge(state, now) === null) return null;
  return hungDurations(state) === null ? null : { by: 'kubelet', at: kubelet.lastSeenAt, heldUp: true };
}

/**
 * How long the kubelet's relists take by the pods that hang and in which something changed, for only those it asks for;
 * null where none does.
 */
function hungDurations(state: WatchState): { runningMs: number; laterMs: number } | null {
  const relist = hungRelistOf(state, (c) => c.from !== c.to || changedSince(state, c));
  if (relist === null) return null;
  // The first relist that meets them comes after one that took no time.
  const isFirst = state.kubelet?.gapMs != null && state.kubelet.gapMs < STALLED_MS;
  return { runningMs: isFirst ? relist.firstMs : relist.laterMs, laterMs: relist.laterMs };
}

/**
 * How long each relist of a kubelet must take that asks for what hangs here: for the containers that changed while we
 * watched. What hung before we came, it may not have to ask for. Null where nothing of that kind hangs.
 */
export function relistByHung(state: WatchState): HungRelist | null {
  return hungRelistOf(state, (c) => (c.from !== c.to && c.from !== 'non-existent') || changedSince(state, c));
}

/** A pod is asked for as a whole, a moment after something changed in it. */
const ASKED_WITHIN_MS = 5000;

/** Whether something changed in the container's pod about when it was first asked in vain, or since. */
function changedSince({ changes }: WatchState, { pod, since }: HungContainer): boolean {
  return changes.some((c) => c.type === 'event' && c.container.pod.uid === pod.uid && c.at >= since - ASKED_WITHIN_MS);
}

function hungRelistOf(
  { subject, kubelet, ours }: WatchState,
  counts: (c: HungContainer) => boolean,
): HungRelist | null {
  const pods = new Set((ours?.hung ?? []).filter(counts).map((c) => c.pod.uid));
  if (pods.size === 0) return null;
  const rules = kubeletRules(subject, kubelet?.version ?? null);
  return hungRelist(pods.size, rules.requestTimeoutMs, rules);
}

function statusTicks(state: WatchState, everyMs: number, now: number): StatusTicks {
  const { apiServer } = state;
  const phase = apiServer === null || apiServer.status === 'Unknown' ? null : apiServer.heartbeatAt;
  const holds = phase !== null && phase <= now && now - phase <= PHASE_HOLDS_MS;
  return { everyMs, phase: holds ? phase : null };
}

/** Whether two say the same, as far as a person would care. */
export function sameForecast(a: Forecast | null, b: Forecast | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.by !== b.by || Math.abs(a.runningSince - b.runningSince) > SAME_RELIST_MS) return false;
  return near(a.loss?.at ?? null, b.loss?.at ?? null) && near(a.endsAt, b.endsAt);
}

const NEAR_MS = 12_000;
/** Stamps of one relist, read twice, differ by what clocks do; those of two by the period at least. */
const SAME_RELIST_MS = 500;

function near(a: number | null, b: number | null): boolean {
  return a === null || b === null ? a === b : Math.abs(a - b) < NEAR_MS;
}
