import type { Change } from './change.ts';
import type { WatchState } from './state.ts';

/** What follows from a piece of news. */
export interface Step {
  readonly state: WatchState;
  readonly changes: readonly Change[];
}
