import type { Losses, ReadyStretch, Simulation } from './simulation.ts';

/** Node Health Check, Machine Health Check and most others act on a condition that held this long. */
const REMEDIATOR_WAITS_MS = 300_000;

/** A stretch of time in one status. `whole`: its end was seen. */
interface Stretch extends ReadyStretch {
  readonly until: number;
  readonly whole: boolean;
}

/** What repeats in the changes of Ready, from the first status to the end of the run. */
export function lossesOf(ready: readonly ReadyStretch[], durationMs: number): Losses {
  const all = stretches(ready, durationMs);
  const lost = all.filter((s) => s.status !== 'True');
  const rhythm = all.slice(beforeRhythm(all, lost));
  const begins = rhythm.filter((s) => s.status !== 'True').map((s) => s.at);
  const took = (of: readonly Stretch[]) => of.map((s) => s.until - s.at);
  return {
    count: lost.length,
    firstAt: lost[0]?.at ?? null,
    periodMs: mean(begins.slice(1).map((at, i) => at - (begins[i] ?? at))),
    notReadyMs: mean(took(rhythm.filter((s) => s.status !== 'True' && s.whole))),
    readyMs: mean(took(rhythm.filter((s) => s.status === 'True' && s.whole))),
    longestMs: lost.length === 0 ? null : Math.max(...took(lost)),
    notReadyShare: took(lost).reduce((sum, ms) => sum + ms, 0) / durationMs,
  };
}

/**
 * How many stretches come before the rhythm: the first loss is left out where others follow, for the first relist that
 * meets a hung pod may be shorter than those after it; and so is what came before the first.
 */
function beforeRhythm(all: readonly Stretch[], lost: readonly Stretch[]): number {
  const first = lost[2] === undefined ? lost[0] : lost[1];
  return first === undefined ? 0 : all.indexOf(first);
}

/** When one acts that waits until the node was not Ready for as long at a stretch. */
export function remediatorSees(ready: readonly ReadyStretch[], durationMs: number): Simulation['remediator'] {
  const long = stretches(ready, durationMs).find((s) => s.status !== 'True' && s.until - s.at >= REMEDIATOR_WAITS_MS);
  return { waitsMs: REMEDIATOR_WAITS_MS, actsAt: long === undefined ? null : long.at + REMEDIATOR_WAITS_MS };
}

function stretches(ready: readonly ReadyStretch[], durationMs: number): readonly Stretch[] {
  return ready.map((stretch, i) => {
    const next = ready[i + 1];
    return { ...stretch, until: next?.at ?? durationMs, whole: next !== undefined };
  });
}

/** Not the median: each is a whole number of node statuses, and only together do they tell the seconds. */
function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, v) => sum + v, 0) / values.length;
}
