import type { Assessment, Effect, State } from '../causes/cause.ts';
import type { StateId } from '../causes/slugs.ts';
import { holds } from '../causes/support/assessment.ts';
import type { CaseView } from '../evidence/view.ts';

/** A state held against one case. */
export interface Node {
  readonly state: State;
  readonly assessment: Assessment;
}

/** A mechanism at work here: both of its ends hold, and it links the two. */
export interface Edge {
  readonly from: StateId;
  readonly to: StateId;
  readonly effect: Effect;
}

/** The causal graph of one case. */
export interface Graph {
  readonly view: CaseView;
  readonly nodes: ReadonlyMap<StateId, Node>;
  /** Mechanisms between states that were seen (confirmed or likely). */
  readonly edges: readonly Edge[];
}

/** Assesses every state and draws the mechanisms that hold between those that were seen. */
export function buildGraph(view: CaseView, states: readonly State[]): Graph {
  const nodes = new Map<StateId, Node>(states.map((state) => [state.id, { state, assessment: state.assess(view) }]));
  const edges = [...nodes.values()].flatMap(({ state, assessment }) => {
    if (!holds(assessment)) return [];
    return state.leadsTo.flatMap((effect): Edge[] => {
      const to = nodes.get(effect.state);
      if (to === undefined || !holds(to.assessment) || !linked(effect, assessment, to.assessment, view)) return [];
      return [{ from: state.id, to: effect.state, effect }];
    });
  });
  return { view, nodes, edges };
}

/** Whether a mechanism holds between these two here. */
export function linked(effect: Effect, from: Assessment, to: Assessment, view: CaseView): boolean {
  return effect.links?.(from, to, view) ?? true;
}

/** Every state that a state brought about, directly or through others, itself included. */
export function effectsOf(graph: Graph, from: StateId): ReadonlySet<StateId> {
  const reached = new Set<StateId>([from]);
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const edge of graph.edges) {
      if (edge.from !== id || reached.has(edge.to)) continue;
      reached.add(edge.to);
      open.push(edge.to);
    }
  }
  return reached;
}

/** Every state from which a mechanism leads to one of these, at work in this case or not; without themselves. */
export function leadTo({ nodes }: Graph, states: readonly StateId[]): ReadonlySet<StateId> {
  const found = new Set<StateId>();
  const open = [...states];
  for (let to = open.pop(); to !== undefined; to = open.pop()) {
    const target = to;
    for (const { state } of nodes.values()) {
      if (found.has(state.id) || !state.leadsTo.some((effect) => effect.state === target)) continue;
      found.add(state.id);
      open.push(state.id);
    }
  }
  return found;
}

// How near a state is to the node's Ready. Decides which of several independent causes the verdict names, and which
// of several effects the chain follows.
const CLOSENESS: Readonly<Partial<Record<StateId, number>>> = {
  'node-not-ready': 70,
  'pleg-unhealthy': 60,
  'runtime-reported-down': 60,
  'kubelet-not-reporting': 60,
  'network-not-ready': 60,
  'relist-slow': 50,
  'list-calls-hang': 40,
  'status-calls-hang': 35,
  'runtime-calls-slow': 30,
  'pods-cannot-start': 25,
  'container-unkillable': 10,
};

/** How near to the node's Ready: higher is nearer. */
export function closeness(id: StateId): number {
  return CLOSENESS[id] ?? 1;
}
