import type { ApiLook } from './news.ts';
import { passTime } from './pass-time.ts';
import { sameProblem } from './same-problem.ts';
import type { WatchState } from './state.ts';
import type { Step } from './step.ts';

/** The node object was read. */
export function followApiServer(state: WatchState, look: ApiLook, at: number): Step {
  const { status, reason, message } = look;
  const before = state.apiServer;
  const passed = passTime({ ...state, apiServer: { ...look, at } }, at);
  if (before !== null && before.status === status && sameProblem(before.message, message)) return passed;
  return { ...passed, changes: [{ type: 'ready', at, of: 'api-server', status, reason, message }, ...passed.changes] };
}
