import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { LOG_SIGNALS } from '../../evidence/vocabulary/signal.ts';
import { freshReady, freshSignals } from './kubelet-word.ts';
import { memoised } from './memo.ts';

/** A relist this old may hang; a younger one is merely at work. */
const YOUNG_MS = 10_000;
/** A condition's lastTransitionTime is cut to whole seconds. */
const SECOND_MS = 1000;
/** A relist begins one second after the last ended (genericPlegRelistPeriod); both times are cut to whole seconds. */
const AT_ONCE_MS = 3000;

/**
 * When Ready came back from flaps that are over, Unix ms; null where they may go on. Ready comes back after a relist has
 * ended, and while relists hang the next one begins a second later and runs for minutes. Where one began later than that
 * and is young, another has gone through in between: relists hang no more.
 * Source: pkg/kubelet/pleg/generic.go (relist, Healthy, podsToReinspect) @ v1.20.2: a pod that failed is asked again.
 */
export const flapsEndedAt: (view: CaseView) => number | null = memoised((view) => {
  const pleg = view.all('kubelet-pleg').at(-1);
  const age = pleg?.fact.lastSeenAgeMs ?? null;
  const back = readyBackAt(view);
  if (pleg === undefined || age === null || age >= YOUNG_MS || back === null) return null;
  return pleg.at - age > back + AT_ONCE_MS ? back : null;
});

/** When Ready came back, Unix ms; null where it is lost, or that is not known. */
export const readyBackAt: (view: CaseView) => number | null = memoised((view) => {
  if (freshReady(view)?.fact.status !== 'True') return null;
  const back = Math.max(...returns(view));
  const lost = Math.max(...freshSignals(view, 'node-became-not-ready', 'pleg-unhealthy').map((o) => o.at));
  return Number.isFinite(back) && lost <= back + SECOND_MS ? back : null;
});

/** Those that do not tell of a time before something had ended. @param ended Unix ms; null where it may go on */
export function since<T extends Pick<Observation, 'at'>>(ended: number | null, all: readonly T[]): readonly T[] {
  return ended === null ? all : all.filter((o) => o.at > ended + SECOND_MS);
}

function returns(view: CaseView): number[] {
  const stated = view.all('node-ready').flatMap(({ fact }) => (fact.status === 'True' ? (fact.since ?? []) : []));
  return [...stated, ...freshSignals(view, 'node-became-ready').map((o) => o.at)];
}

/** Recent log lines of these meanings that do not tell of flaps which are over, oldest first. */
export function presentSignals(
  view: CaseView,
  ...signals: readonly (typeof LOG_SIGNALS)[number][]
): readonly Observation<'log-signal'>[] {
  return since(flapsEndedAt(view), freshSignals(view, ...signals));
}
