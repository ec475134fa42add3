import type { CaseView } from '../evidence/view.ts';
import type { Topic } from '../evidence/vocabulary/limits.ts';
import type { Diagnosis } from './diagnosis.ts';

const VITAL: readonly Topic[] = ['processes', 'components', 'docker', 'cri', 'filesystems'];

/** The vital topics of which nothing was seen, other than for not existing here. */
export function listUnseen(view: CaseView): Diagnosis['examined']['unseen'] {
  return VITAL.filter((topic) => !view.examined(topic)).flatMap((topic) => {
    const why = view.gaps(topic).find((g) => !g.fact.partial && g.fact.why !== 'absent')?.fact.why;
    return why === undefined || why === 'absent' ? [] : [{ topic, why }];
  });
}
