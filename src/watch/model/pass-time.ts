import { plegProblem } from '../../pleg/pleg-health.ts';
import type { Change } from './change.ts';
import { foretell, sameForecast } from './forecast.ts';
import { sameProblem } from './same-problem.ts';
import { kubeletAge } from './stamp.ts';
import type { WatchState } from './state.ts';
import type { Step } from './step.ts';
import { kubeletRules } from './subject.ts';

/** What is true of now without anything having been seen: a stamp that has grown too old, a loss of Ready that comes. */
export function passTime(state: WatchState, at: number): Step {
  const changes: Change[] = [];
  const age = kubeletAge(state, at);
  // What is no longer seen is neither well nor ended.
  const kubeletProblem = age === null ? state.told.kubeletProblem : problemOfKubelet(state, age, at);
  if (!sameProblem(state.told.kubeletProblem, kubeletProblem)) {
    changes.push({ type: 'pleg', at, of: 'kubelet', problem: kubeletProblem });
  }
  const isUnseen = age === null && state.told.forecast?.by === 'kubelet';
  const forecast = isUnseen ? state.told.forecast : foretell(state, at);
  if (!sameForecast(state.told.forecast, forecast)) changes.push({ type: 'forecast', at, forecast });
  // The first that was told is kept: else many small steps would never be told.
  const told = {
    kubeletProblem,
    forecast: changes.some((c) => c.type === 'forecast') ? forecast : state.told.forecast,
  };
  return { state: { ...state, told }, changes };
}

/** In its own words; null while its PLEG is healthy. */
function problemOfKubelet(state: WatchState, age: number, now: number): string | null {
  const { thresholdMs } = kubeletRules(state.subject, state.kubelet?.version ?? null);
  return plegProblem({ relistAt: now - Math.round(age), thresholdMs, saysNeverSuccessful: true }, now);
}
