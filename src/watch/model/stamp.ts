import type { WatchState } from './state.ts';

/** Metrics that are older say nothing of now, ms. */
const METRICS_HOLD_MS = 30_000;
/** A kubelet relists a second after the last relist, and cuts its stamp to seconds: an older one is of a relist that runs, ms. */
const RUNNING_MS = 5000;

/** When the newest relist began, Unix ms. */
export interface RelistStamp {
  readonly by: 'kubelet' | 'ours';
  readonly at: number;
  /** Known to be held up, however young it is. */
  readonly heldUp: boolean;
}

/** The kubelet's stamp where its metrics are seen, else ours; null before the first. */
export function stampOf(state: WatchState, now: number): RelistStamp | null {
  const { ours } = state;
  const age = kubeletAge(state, now);
  if (age !== null) return { by: 'kubelet', at: now - age, heldUp: false };
  return ours === null || ours.relistAt === null ? null : { by: 'ours', at: ours.relistAt, heldUp: false };
}

/**
 * The age of the kubelet's stamp, ms. Between two looks it grows only where the relist was seen to run: a kubelet that is
 * well has made new ones since. Null where it is not known: no relist yet, or metrics that are too old.
 */
export function kubeletAge({ kubelet }: WatchState, now: number): number | null {
  if (kubelet === null || kubelet.lastSeenAt === null || now - kubelet.at > METRICS_HOLD_MS) return null;
  const whenRead = Math.max(0, kubelet.at - kubelet.lastSeenAt);
  return whenRead < RUNNING_MS ? whenRead : Math.max(0, now - kubelet.lastSeenAt);
}
