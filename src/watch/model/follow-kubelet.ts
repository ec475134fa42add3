import type { KubeletLook } from './news.ts';
import { passTime } from './pass-time.ts';
import type { KubeletState, WatchState } from './state.ts';
import type { Step } from './step.ts';

/** Stamps are cut to seconds, and read as floating point: nearer than this they are one, ms. */
const SAME_STAMP_MS = 500;

/** The kubelet's metrics were read. */
export function followKubelet(state: WatchState, look: KubeletLook, at: number): Step {
  return passTime({ ...state, kubelet: { at, ...look, ...between(state.kubelet, look) } }, at);
}

/** What two looks tell. A kubelet that was restarted counts from 0 again: then they tell nothing. */
function between(before: KubeletState | null, look: KubeletLook): Pick<KubeletState, 'gapMs' | 'meanMs'> {
  if (before === null) return { gapMs: null, meanMs: null };
  return { gapMs: gapOf(before, look) ?? before.gapMs, meanMs: meanOf(before, look) ?? before.meanMs };
}

/** How far the stamp moved, where only one relist can have ended: of several it would be the last that counts. */
function gapOf(before: KubeletState, look: KubeletLook): number | null {
  if (before.lastSeenAt === null || look.lastSeenAt === null) return null;
  const moved = look.lastSeenAt - before.lastSeenAt;
  if (moved < SAME_STAMP_MS) return null;
  const ended = endedBetween(before, look);
  return ended === null || ended === 0 ? moved : moved / ended;
}

function meanOf(before: KubeletState, look: KubeletLook): number | null {
  const ended = endedBetween(before, look);
  if (ended === null || ended === 0 || before.relists === null || look.relists === null) return null;
  return (look.relists.totalMs - before.relists.totalMs) / ended;
}

function endedBetween(before: KubeletState, look: KubeletLook): number | null {
  if (before.relists === null || look.relists === null) return null;
  const ended = look.relists.count - before.relists.count;
  return ended < 0 ? null : ended;
}
