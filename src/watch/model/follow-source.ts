import type { SourceName } from './news.ts';
import type { WatchState } from './state.ts';
import type { Step } from './step.ts';

/** A source answers no longer, or again. What is known already is not said again. */
export function followSource(state: WatchState, source: SourceName, why: string | null, at: number): Step {
  const before = state.missing.get(source) ?? null;
  if ((before === null) === (why === null)) return { state, changes: [] };
  const missing = new Map(state.missing);
  if (why === null) missing.delete(source);
  else missing.set(source, why);
  return { state: { ...state, missing }, changes: [{ type: 'source', at, source, missing: why }] };
}
