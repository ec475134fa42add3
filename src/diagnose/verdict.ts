import { CAUSE_SLUGS, type CauseSlug, type StateId } from '../causes/slugs.ts';
import { besideKubelet } from '../causes/support/engines.ts';
import { openBehind } from './deeper.ts';
import { closeness, effectsOf, type Graph, type Node } from './graph.ts';

/** What the graph comes to. */
export type Conclusion =
  | { readonly kind: 'healthy' }
  /** Something is wrong and no cause is at least likely. */
  | { readonly kind: 'undetermined' }
  /** `root` is the verdict; `others` are independent of it, the next furthest first. */
  | {
      readonly kind: 'cause';
      readonly root: CauseSlug;
      readonly others: readonly CauseSlug[];
      /** What may have brought the root about and could not be settled: it is then no more than likely the root. */
      readonly behind: readonly CauseSlug[];
    };

/**
 * Finds the root: the confirmed cause (where none is, the likely one) that no other such cause brought about. Of
 * several independent ones, that whose effects come nearest to the node's Ready. A confirmed cause that leaves open
 * what brought it about gives way to a likely one that did.
 */
export function findRoot(graph: Graph): Conclusion {
  const confirmed = causesWith(graph, 'confirmed');
  const likely = causesWith(graph, 'likely');
  const roots = confirmed.length > 0 ? withLikelyBehind(graph, confirmed, likely) : rootsAmong(graph, likely);
  const [root, ...others] = roots.toSorted((a, b) => compareRoots(graph, a, b));
  if (root !== undefined) return { kind: 'cause', root, others, behind: openBehind(graph, root) };
  return confirmedSymptoms(graph).length > 0 ? { kind: 'undetermined' } : { kind: 'healthy' };
}

/** The roots of the confirmed causes; in place of one that leaves open what brought it about, the likely ones that did. */
function withLikelyBehind(
  graph: Graph,
  confirmed: readonly CauseSlug[],
  likely: readonly CauseSlug[],
): readonly CauseSlug[] {
  const roots = rootsAmong(graph, confirmed).map((root) => {
    const open = openBehind(graph, root).filter((c) => likely.includes(c) && effectsOf(graph, c).has(root));
    return open.length > 0 ? rootsAmong(graph, open) : [root];
  });
  return [...new Set(roots.flat())];
}

function causesWith(graph: Graph, status: 'confirmed' | 'likely'): readonly CauseSlug[] {
  return CAUSE_SLUGS.filter((slug) => graph.nodes.get(slug)?.assessment.status === status);
}

/** Symptom states that are confirmed. */
export function confirmedSymptoms(graph: Graph): readonly Node[] {
  const slugs: readonly string[] = CAUSE_SLUGS;
  return [...graph.nodes.values()].filter((n) => n.assessment.status === 'confirmed' && !slugs.includes(n.state.id));
}

function rootsAmong(graph: Graph, causes: readonly CauseSlug[]): readonly CauseSlug[] {
  const effects = new Map(causes.map((c) => [c, effectsOf(graph, c)]));
  const brings = (a: CauseSlug, b: CauseSlug): boolean => effects.get(a)?.has(b) ?? false;
  // Two that bring each other about: the catalogue's order decides, so that one of them stays.
  const isExplained = (c: CauseSlug, index: number): boolean =>
    causes.some((other, i) => other !== c && brings(other, c) && (!brings(c, other) || i < index));
  return causes.filter((c, i) => !isExplained(c, i));
}

function compareRoots(graph: Graph, a: CauseSlug, b: CauseSlug): number {
  const [nearA, nearB] = [nearness(graph, a), nearness(graph, b)];
  if (nearA !== nearB) return nearB - nearA;
  const [sureA, sureB] = [
    graph.nodes.get(a)?.assessment.confidence ?? 0,
    graph.nodes.get(b)?.assessment.confidence ?? 0,
  ];
  return sureB - sureA;
}

/** How near the effects of a cause come to the node's Ready. A runtime that the kubelet does not use counts last. */
function nearness(graph: Graph, cause: CauseSlug): number {
  const subjects = graph.nodes.get(cause)?.assessment.subjects ?? [];
  if (besideKubelet(graph.view, subjects)) return 0;
  return Math.max(...[...effectsOf(graph, cause)].map(closeness));
}

/** The state that explains this one: the one nearest on the way, preferring those of `path`. Null: nothing found does. */
export function explainedBy(graph: Graph, id: StateId, path: readonly StateId[]): StateId | null {
  const before = graph.edges.filter((e) => e.to === id).map((e) => e.from);
  return path.find((p) => before.includes(p)) ?? before[0] ?? null;
}
