import type { Change } from './change.ts';
import type { ShimLook } from './news.ts';
import type { WatchState } from './state.ts';
import type { Step } from './step.ts';

/** The shims of hung containers were looked at. */
export function followShims(state: WatchState, seen: ReadonlyMap<string, ShimLook | null>, at: number): Step {
  const changes: Change[] = [];
  const shims = new Map(state.shims);
  for (const container of state.ours?.hung ?? []) {
    const shim = seen.get(container.id);
    if (shim === undefined) continue;
    const before = shims.get(container.id);
    shims.set(container.id, shim);
    if (before === undefined || !sameShim(before, shim)) changes.push({ type: 'shim', at, container, shim });
  }
  return { state: { ...state, shims }, changes };
}

/** Whether it runs or sleeps changes all the time, and means nothing. */
function sameShim(a: ShimLook | null, b: ShimLook | null): boolean {
  if (a === null || b === null) return a === b;
  return a.pid === b.pid && atWork(a.state) === atWork(b.state) && a.inKernel > 0 === b.inKernel > 0;
}

function atWork(state: string): string {
  return state === 'R' ? 'S' : state;
}
