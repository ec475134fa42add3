import type { Flaps, ReadyStatus } from './scenario.ts';

/** A change of a node's Ready, when it was first seen at the API server. Unix ms. */
export interface Turn {
  readonly at: number;
  readonly to: ReadyStatus;
}

/** When Ready was lost: each turn away from True. */
export function losses(turns: readonly Turn[]): number[] {
  return turns.filter((t, i) => t.to !== 'True' && (i === 0 || turns[i - 1]?.to === 'True')).map((t) => t.at);
}

/** When Ready came back. */
export function returns(turns: readonly Turn[]): number[] {
  return turns.filter((t, i) => t.to === 'True' && i > 0 && turns[i - 1]?.to !== 'True').map((t) => t.at);
}

/** Seconds from each loss of Ready to the next. */
export function periods(turns: readonly Turn[]): number[] {
  const at = losses(turns);
  return at.slice(1).map((time, i) => Math.round((time - (at[i] ?? time)) / 1000));
}

/** In what the way Ready came and went differs from the truth. */
export function ofRhythm(flaps: Flaps, turns: readonly Turn[]): string[] {
  const lost = losses(turns).length;
  const off = periods(turns).filter((s) => Math.abs(s - flaps.periodSeconds) > flaps.toleranceSeconds);
  return [
    ...(lost < flaps.losses ? [`Ready was lost ${lost} of ${flaps.losses} times`] : []),
    ...off.map((s) => `a period of ${s} s, not of ${flaps.periodSeconds} s within ${flaps.toleranceSeconds} s`),
  ];
}
