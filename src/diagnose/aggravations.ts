import { CAUSE_SLUGS, type CauseSlug } from '../causes/slugs.ts';
import { holds } from '../causes/support/assessment.ts';
import type { ChainLink } from './diagnosis.ts';
import { effectsOf, type Graph } from './graph.ts';
import type { Conclusion } from './verdict.ts';

/**
 * Causes that hold beside the root and bring about a state on its chain as well, such as a shortage of CPU while a
 * container hangs: they did not begin it and make it worse. What the root itself brought about is none, nor is what
 * brought it about.
 */
export function aggravationsOf(graph: Graph, found: Conclusion, chain: readonly ChainLink[]): readonly CauseSlug[] {
  if (found.kind !== 'cause') return [];
  const seen = new Set(chain.filter((link) => link.status !== 'expected').map((link) => link.state));
  const consequences = effectsOf(graph, found.root);
  return CAUSE_SLUGS.filter((slug) => {
    const assessment = graph.nodes.get(slug)?.assessment;
    if (assessment === undefined || !holds(assessment) || consequences.has(slug)) return false;
    if (found.others.includes(slug) || effectsOf(graph, slug).has(found.root)) return false;
    return graph.edges.some((e) => e.from === slug && seen.has(e.to));
  });
}
