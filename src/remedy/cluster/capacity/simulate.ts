import type { ClusterPod } from '../objects/pod.ts';
import { filterFor } from './filters/index.ts';
import type { Storage } from './filters/volumes.ts';
import { type Place, withPod } from './place.ts';
import type { NodeRefusal } from './refusal.ts';

interface Placement {
  readonly pod: ClusterPod;
  readonly node: string;
}

export interface Unplaced {
  readonly pod: ClusterPod;
  /** Per reason, how many nodes refuse for it; the most first. */
  readonly refusals: readonly (NodeRefusal & { readonly nodes: number })[];
}

export interface Simulation {
  readonly placed: readonly Placement[];
  readonly unplaced: readonly Unplaced[];
  /** The nodes with what was placed on them. */
  readonly places: readonly Place[];
}

/** Which of the nodes that would do is taken. */
export type Choice = (a: Place, b: Place) => number;

/**
 * Places pods one after another, as the scheduler does: by priority, and of the nodes that would do, the emptiest.
 * Which node the scheduler takes hangs on more than that; whether one is left is what this answers.
 * @param closed the node that is being emptied: it counts, but takes nothing
 */
export function simulate(
  start: readonly Place[],
  queue: readonly ClusterPod[],
  storage: Storage,
  closed: string,
  choice: Choice,
): Simulation {
  let places = start;
  const placed: Placement[] = [];
  const unplaced: Unplaced[] = [];
  for (const pod of queue.toSorted((a, b) => b.priority - a.priority)) {
    const filter = filterFor(pod, places, storage);
    const looked = places
      .filter(({ node }) => node.name !== closed)
      .map((place) => ({ place, refusal: filter(place) }));
    const best = bestOf(
      looked.filter(({ refusal }) => refusal === null).map(({ place }) => place),
      choice,
    );
    if (best === undefined) unplaced.push({ pod, refusals: counted(looked.map((l) => l.refusal)) });
    else {
      const there = withPod(best, { ...pod, node: best.node.name, deletionRequestedAt: null });
      places = places.map((place) => (place === best ? there : place));
      placed.push({ pod, node: best.node.name });
    }
  }
  return { placed, unplaced, places };
}

function counted(refusals: readonly (NodeRefusal | null)[]): Unplaced['refusals'] {
  const groups = Map.groupBy(
    refusals.filter((r) => r !== null),
    ({ reason, detail }) => `${reason}\0${detail}`,
  );
  return [...groups.values()]
    .flatMap(([first, ...rest]) => (first === undefined ? [] : [{ ...first, nodes: rest.length + 1 }]))
    .toSorted((a, b) => b.nodes - a.nodes);
}

function bestOf(places: readonly Place[], choice: Choice): Place | undefined {
  const [first, ...rest] = places;
  return first && rest.reduce((best, place) => (choice(place, best) < 0 ? place : best), first);
}

/** By the scheduler's default, the node with the most left. Source: plugins/noderesources/least_allocated.go @ v1.20.2. */
export const emptiest: Choice = (a, b) => a.taken - b.taken || (a.node.name < b.node.name ? -1 : 1);

/** The fullest that still takes it: what packs best. */
export const fullest: Choice = (a, b) => emptiest(b, a);
