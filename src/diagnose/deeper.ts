import { CAUSE_SLUGS, type CauseSlug } from '../causes/slugs.ts';
import { WEIGHTS } from '../causes/weights.ts';
import { type Graph, leadTo } from './graph.ts';

/**
 * Causes that bring this one about and may be at work unseen: not wholly looked for, and not seen either. Empty where this one was itself caught in the act, for then nothing need lie deeper.
 */
export function openBehind(graph: Graph, cause: CauseSlug): readonly CauseSlug[] {
  const restsOn = graph.nodes.get(cause)?.assessment.restsOn;
  if (restsOn === undefined || !('leavesOpen' in WEIGHTS[restsOn])) return [];
  const above = leadTo(graph, [cause]);
  return CAUSE_SLUGS.filter((slug) => slug !== cause && above.has(slug) && isOpen(graph, slug));
}

/** Only a gap leaves it open: what an older notready did not know to look at is nothing that failed. */
function isOpen({ nodes, view }: Graph, slug: CauseSlug): boolean {
  const assessment = nodes.get(slug)?.assessment;
  if (assessment === undefined || assessment.status === 'confirmed') return false;
  return assessment.missing.some((m) => view.gaps(m.topic).some((g) => g.fact.why !== 'absent'));
}
