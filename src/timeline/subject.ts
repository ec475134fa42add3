import { memoised } from '../causes/support/memo.ts';
import { nameOf, shortId } from '../causes/support/names.ts';
import type { EntityId } from '../evidence/entity.ts';
import type { FactOf, Observation } from '../evidence/observation.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Episode } from './episode.ts';
import { podInLine } from './pod-in-line.ts';

/** Whom a log line is about: a container, else a pod, else nobody in particular. */
export function subjectOfLine(
  view: CaseView,
  { about, fact }: Observation<'log-signal'>,
): Pick<Episode, 'subject' | 'about'> {
  const container = containerIn(about);
  const pod = podInLine(fact.line);
  return container === null
    ? { subject: pod, about: null }
    : { subject: containerName(view, container, pod), about: container };
}

export function containerIn(about: readonly EntityId[]): EntityId | null {
  return about.find((id) => id.startsWith('container:')) ?? null;
}

/** As the runtime tells it; in texts alone a container has no name but its pod's. */
export function containerName(view: CaseView, id: EntityId, pod: string | null): string {
  const fact = containerFact(view, id);
  if (pod !== null && fact?.kubernetes == null) return `${pod} (${shortId(id.slice('container:'.length))})`;
  const names = namesIn(view);
  const name = names.get(id) ?? nameOf(view, id);
  names.set(id, name);
  return name;
}

/** What the runtime says of a container, found once: one container may have a hundred thousand lines. */
export function containerFact(view: CaseView, id: EntityId): FactOf<'container'> | null {
  return factsIn(view).get(id) ?? null;
}

const namesIn = memoised((_view: CaseView) => new Map<EntityId, string>());
const factsIn = memoised(
  (view: CaseView) =>
    new Map(view.all('container').flatMap((o) => o.about.slice(0, 1).map((id) => [id, o.fact] as const))),
);
