import { type Forecast, forecastsOf, type Judged, judge, ofForecast } from './forecasts.ts';
import type { HeldLook } from './held.ts';
import type { ClusterTruth } from './scenario.ts';
import { ofRhythm, type Turn } from './turns.ts';

/** What the looks foretold, in their order. */
export function foretold(looks: readonly HeldLook[]): readonly Forecast[] {
  return looks.flatMap(({ name, at, diagnosed }) => forecastsOf(name, at, diagnosed.json));
}

/** The forecasts of these looks, held against how Ready came and went. @param until how far that is known, Unix ms */
export function judgeAll(looks: readonly HeldLook[], turns: readonly Turn[], until: number): readonly Judged[] {
  return foretold(looks).map((forecast) => judge(forecast, turns, until));
}

/** In what a node whose Ready comes and goes, or what was said of it, differs from the truth. */
export function ofFlaps(
  truth: Pick<ClusterTruth, 'flaps' | 'subjects'>,
  looks: readonly HeldLook[],
  turns: readonly Turn[],
  forecasts: readonly Judged[],
): string[] {
  if (truth.flaps === undefined) return [];
  return [
    ...ofRhythm(truth.flaps, turns),
    ...ofSubjects(truth.subjects, looks),
    ...missingForecasts(looks, forecasts),
    ...forecasts.flatMap(ofForecast),
  ];
}

/** The verdict is about the same things each time, whatever Ready is. */
function ofSubjects(kinds: ClusterTruth['subjects'], looks: readonly HeldLook[]): string[] {
  const named = ({ diagnosed }: HeldLook): string => {
    const subjects = diagnosed.json.verdict?.subjects ?? [];
    const ids = subjects.filter((s) => kinds.some((kind) => kind === s.kind)).map((s) => s.id);
    return ids.toSorted().join(' ');
  };
  const [first] = looks;
  const other = first === undefined ? undefined : looks.find((look) => named(look) !== named(first));
  if (first === undefined || other === undefined) return [];
  return [`${other.name} names ${named(other) || 'nobody'}, ${first.name} names ${named(first) || 'nobody'}`];
}

/** While Ready comes and goes, the next loss is foretold at every look. Before the first, too little may be known. */
function missingForecasts(looks: readonly HeldLook[], forecasts: readonly Judged[]): string[] {
  return looks
    .filter(({ name }) => /^(?:not-)?ready-/.test(name))
    .filter(({ name }) => !forecasts.some((f) => f.look === name && f.of === 'loss'))
    .map(({ name }) => `${name}: the next loss of Ready is not foretold`);
}
