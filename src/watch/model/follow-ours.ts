import type { Change } from './change.ts';
import type { OwnLook } from './news.ts';
import { passTime } from './pass-time.ts';
import { sameProblem } from './same-problem.ts';
import type { WatchState } from './state.ts';
import type { Step } from './step.ts';

/** Our generator was looked at, as it is once a period: time has passed, too. */
export function followOurs(before: WatchState, look: OwnLook, at: number): Step {
  const shims = new Map([...before.shims].filter(([id]) => look.hung.some((c) => c.id === id)));
  const state = { ...before, ours: { ...look, at }, shims: shims.size === before.shims.size ? before.shims : shims };
  const passed = passTime(state, at);
  return { state: passed.state, changes: [...ownChanges(before, look, at), ...passed.changes] };
}

function ownChanges({ ours }: WatchState, look: OwnLook, at: number): Change[] {
  const changes: Change[] = [];
  const before = ours?.hung ?? [];
  for (const c of look.hung) {
    if (before.some((b) => b.id === c.id)) continue;
    changes.push({ type: 'hung', at, container: c, since: c.since, from: c.from, to: c.to });
  }
  for (const c of before) {
    if (look.hung.some((h) => h.id === c.id)) continue;
    changes.push({ type: 'answers', at, container: c, hungMs: at - c.since });
  }
  if (ours !== null && !sameProblem(ours.problem, look.problem)) {
    changes.push({ type: 'pleg', at, of: 'ours', problem: look.problem });
  }
  const { status, reason, message } = look.ready;
  if (ours !== null && (ours.ready.status !== status || !sameProblem(ours.ready.message, message))) {
    changes.push({ type: 'ready', at, of: 'ours', status, reason, message });
  }
  return changes;
}
