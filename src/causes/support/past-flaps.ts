import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { LOG_SIGNALS } from '../../evidence/vocabulary/signal.ts';
import { RELIST_THRESHOLD_MS } from './kubelet.ts';
import { freshReady, freshSignals } from './kubelet-word.ts';
import { memoised } from './memo.ts';

/** A relist this old may hang; a younger one is merely at work. */
const YOUNG_MS = 10_000;
/** A condition's lastTransitionTime is cut to whole seconds. */
const SECOND_MS = 1000;
/** A relist begins one second after the last ended (genericPlegRelistPeriod); both times are cut to whole seconds. */
const AT_ONCE_MS = 3000;

/** The kubelet posts a changed status at once, looks every 10 s whether it has changed, and logs round to the second. */
const POSTED_WITHIN_MS = 15_000;
/** Flaps do not keep to the second. */
const LONGER = 1.5;

/**
 * When Ready came back from flaps that are over, Unix ms; null where they may go on: by the kubelet's relists, or by how
 * long Ready has stayed.
 */
export const flapsEndedAt: (view: CaseView) => number | null = memoised((view) => endedByRelists(view) ?? stays(view));

/**
 * Ready has stayed for longer than it can while relists hang: the one that begins as Ready comes back takes it away again
 * after three minutes. Where flaps came at longer intervals, it must have stayed for longer than ever between them.
 */
function stays(view: CaseView): number | null {
  const back = readyBackAt(view);
  if (back === null) return null;
  const lost = view.all('log-signal').filter((o) => o.fact.signal === 'node-became-not-ready');
  const found = view.all('log-signal').filter((o) => o.fact.signal === 'node-became-ready');
  const between = lost.flatMap((l) => {
    const before = found.filter((f) => f.at < l.at).map((f) => l.at - f.at);
    return before.length === 0 ? [] : [Math.min(...before)];
  });
  const least = Math.max(RELIST_THRESHOLD_MS + POSTED_WITHIN_MS, ...between.map((ms) => ms * LONGER));
  return seenUntil(view) - back > least ? back : null;
}

/** The last moment at which a loss of Ready would have been seen, Unix ms. */
function seenUntil(view: CaseView): number {
  const texts = view.all('text-input').filter((o) => o.fact.kinds.includes('kubelet-log'));
  if (view.all('text-input').length > 0) return Math.max(0, ...texts.map((o) => o.fact.lastAt ?? 0));
  const stated = view.all('node-ready').filter((o) => o.fact.by === 'node-object');
  return Math.max(0, ...stated.map((o) => o.at));
}

/**
 * Ready comes back after a relist has ended, and while relists hang the next one begins a second later and runs for
 * minutes. Where one began later than that and is young, another has gone through in between: relists hang no more.
 * Source: pkg/kubelet/pleg/generic.go (relist, Healthy, podsToReinspect) @ v1.20.2: a pod that failed is asked again.
 */
function endedByRelists(view: CaseView): number | null {
  const pleg = view.all('kubelet-pleg').at(-1);
  const age = pleg?.fact.lastSeenAgeMs ?? null;
  const back = readyBackAt(view);
  if (pleg === undefined || age === null || age >= YOUNG_MS || back === null) return null;
  return pleg.at - age > back + AT_ONCE_MS ? back : null;
}

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
