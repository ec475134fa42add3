import type { Effect } from '../causes/cause.ts';
import type { StateId } from '../causes/slugs.ts';
import { holds } from '../causes/support/assessment.ts';
import type { ChainLink } from './diagnosis.ts';
import { toFindings } from './finding.ts';
import { closeness, type Edge, type Graph, linked } from './graph.ts';
import { toSubjects } from './subjects.ts';

interface Step {
  readonly state: StateId;
  /** The mechanism that leads here; null for the root. */
  readonly by: Effect | null;
  readonly expected: boolean;
}

/**
 * From the root through every state that was seen to the one nearest to the node's Ready, then through what follows
 * of itself (`inevitable`) but was not seen. It stops where the evidence rules the next state out: it never claims
 * more than was seen or must come.
 */
export function buildChain(graph: Graph, root: StateId): readonly ChainLink[] {
  const seen = longestWay(graph, root);
  return extend(graph, seen).map((step) => toLink(graph, step));
}

/** The states of the way that were seen, root first. */
function longestWay(graph: Graph, root: StateId): readonly Step[] {
  let best: readonly Edge[] = [];
  const better = (way: readonly Edge[]): boolean => {
    const [ends, bests] = [closeness(way.at(-1)?.to ?? root), closeness(best.at(-1)?.to ?? root)];
    return ends > bests || (ends === bests && way.length > best.length);
  };
  const walk = (at: StateId, way: readonly Edge[]): void => {
    if (better(way)) best = way;
    for (const edge of graph.edges) {
      const visited = edge.to === root || way.some((e) => e.to === edge.to);
      if (edge.from === at && !visited) walk(edge.to, [...way, edge]);
    }
  };
  walk(root, []);
  return [
    { state: root, by: null, expected: false },
    ...best.map((e) => ({ state: e.to, by: e.effect, expected: false })),
  ];
}

function extend(graph: Graph, seen: readonly Step[]): readonly Step[] {
  const steps = [...seen];
  for (let next = nextExpected(graph, steps); next !== null; next = nextExpected(graph, steps)) steps.push(next);
  return steps;
}

function nextExpected(graph: Graph, steps: readonly Step[]): Step | null {
  const last = steps.at(-1);
  const node = last === undefined ? undefined : graph.nodes.get(last.state);
  if (node === undefined) return null;
  const follows = node.state.leadsTo.filter((effect) => {
    const to = graph.nodes.get(effect.state);
    if (effect.inevitable !== true || to === undefined || steps.some((s) => s.state === effect.state)) return false;
    if (holds(to.assessment) || to.assessment.status === 'ruled-out') return false;
    return linked(effect, node.assessment, to.assessment, graph.view);
  });
  const effect = follows.toSorted((a, b) => closeness(b.state) - closeness(a.state))[0];
  return effect === undefined ? null : { state: effect.state, by: effect, expected: true };
}

function toLink(graph: Graph, step: Step): ChainLink {
  const node = graph.nodes.get(step.state);
  if (node === undefined) throw new Error(`state ${step.state} is not in the graph`);
  const { assessment, state } = node;
  return {
    state: step.state,
    title: state.title,
    status: step.expected ? 'expected' : assessment.status,
    subjects: step.expected ? [] : toSubjects(graph.view, assessment.subjects),
    because: step.expected ? [] : toFindings(graph.view, assessment.evidence),
    mechanism: step.by?.mechanism ?? null,
  };
}
