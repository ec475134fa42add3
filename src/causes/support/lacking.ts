import type { FactType } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Topic } from '../../evidence/vocabulary/limits.ts';
import type { Evidence, Missing } from '../cause.ts';
import { missing } from './missing.ts';

/**
 * The topics that leave a question open: left out wholly or in part, or without any fact at all, as in a case made
 * of log files only. What does not exist on this host (`absent`) leaves nothing open.
 */
export function lacking(view: CaseView, needs: Readonly<Partial<Record<Topic, readonly FactType[]>>>): Missing[] {
  const entries = Object.entries(needs) as [Topic, readonly FactType[]][];
  return entries
    .filter(([topic, types]) => {
      const gaps = view.gaps(topic);
      if (gaps.some((g) => g.fact.why !== 'absent')) return true;
      return gaps.length === 0 && types.length > 0 && types.every((t) => view.all(t).length === 0);
    })
    .map(([topic]) => missing(topic, view));
}

/** As {@link lacking}, for the runtime's answers, which may come from any API. */
export function lackingCalls(view: CaseView): Missing[] {
  return view.all('call').length > 0 ? [] : lacking(view, { docker: ['call'], cri: ['call'] });
}

/**
 * What is missing, never nothing where nothing speaks against a state either: then all that was looked at says
 * nothing either way, and the topic that would show it best is said to be missing.
 */
export function openQuestions(
  against: readonly Evidence[],
  missed: readonly Missing[],
  bestShownBy: Topic,
): readonly Missing[] {
  return against.length === 0 && missed.length === 0 ? [missing(bestShownBy)] : missed;
}
