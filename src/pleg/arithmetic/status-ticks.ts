/** Stamps are cut to seconds and the update takes a moment: closer than this to a tick it may be this one or the next. */
const BLUR_MS = 1500;
/** How far a tick may be off whose phase is known. */
const KNOWN_WITHIN_S = 3;

/**
 * The moments at which the kubelet computes its node status: every `everyMs`
 * (`wait.Until(syncNodeStatus, nodeStatusUpdateFrequency)`, pkg/kubelet/kubelet.go @ v1.20.2).
 */
export interface StatusTicks {
  readonly everyMs: number;
  /** One such moment, Unix ms; null where none is known. */
  readonly phase: number | null;
}

/** A moment (Unix ms) and how many seconds it may be off. */
export interface Moment {
  readonly at: number;
  readonly withinSeconds: number;
}

/**
 * The first tick after a moment. With u = `everyMs` it comes u - ((moment - phase) mod u) later. Where the phase is not
 * known, or the moment lies so near a tick that it may be either, the middle of the u is given: off by u / 2 at most.
 */
export function firstTickAfter(moment: number, { everyMs, phase }: StatusTicks): Moment {
  const wait = phase === null ? 0 : everyMs - modulo(moment - phase, everyMs);
  if (wait < BLUR_MS || wait > everyMs - BLUR_MS) {
    return { at: Math.round(moment + everyMs / 2), withinSeconds: Math.ceil((everyMs / 2 + BLUR_MS) / 1000) };
  }
  return { at: Math.round(moment + wait), withinSeconds: KNOWN_WITHIN_S };
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
