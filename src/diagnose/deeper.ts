import { CAUSE_SLUGS, type CauseSlug, type StateId } from '../causes/slugs.ts';
import { WEIGHTS } from '../causes/weights.ts';
import type { Graph } from './graph.ts';

/**
 * Causes that bring this one about and may be at work unseen: not wholly looked for, and not seen either. Empty where this one was itself caught in the act, for then nothing need lie deeper.
 */
export function openBehind(graph: Graph, cause: CauseSlug): readonly CauseSlug[] {
  const restsOn = graph.nodes.get(cause)?.assessment.restsOn;
  if (restsOn === undefined || !('leavesOpen' in WEIGHTS[restsOn])) return [];
  const above = bringsAbout(graph, cause);
  return CAUSE_SLUGS.filter((slug) => slug !== cause && above.has(slug) && isOpen(graph, slug));
}

function isOpen({ nodes }: Graph, slug: CauseSlug): boolean {
  const assessment = nodes.get(slug)?.assessment;
  if (assessment === undefined || assessment.missing.length === 0) return false;
  return assessment.status !== 'confirmed';
}

/** Every state from which a mechanism leads here, at work in this case or not. */
function bringsAbout({ nodes }: Graph, to: StateId): ReadonlySet<StateId> {
  const found = new Set<StateId>();
  const open: StateId[] = [to];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const target = at;
    for (const { state } of nodes.values()) {
      if (found.has(state.id) || !state.leadsTo.some((effect) => effect.state === target)) continue;
      found.add(state.id);
      open.push(state.id);
    }
  }
  return found;
}
