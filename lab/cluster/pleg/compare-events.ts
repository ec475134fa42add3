import type { ToldEvent } from './told-event.ts';

/** Two generators look at different moments: what came and went within two periods, one of them may have missed. */
const MISSABLE_MS = 2000;

/** While the kubelet stood still behind a hung container, Unix ms. */
export interface Stall {
  readonly from: number;
  readonly to: number;
}

export interface Comparison {
  /** Containers of which both told the same, in the same order. */
  readonly equal: number;
  /** Containers that started and ended too fast for both to see. */
  readonly sampled: number;
  /** Containers that changed while the kubelet stood still, of which it told later, or less, in the same order. */
  readonly late: number;
  readonly differing: readonly ContainerDifference[];
  /** Pairs of events of one pod, more than two periods apart, that came in another order. */
  readonly inverted: number;
  /** From one telling to the other, the longest, ms; null where nothing is equal. */
  readonly farthestMs: number | null;
}

export interface ContainerDifference {
  readonly containerId: string;
  readonly kubelet: readonly string[];
  readonly ours: readonly string[];
}

/** Holds what two generators told of the same runtime side by side, container by container. */
export function compareEvents(
  kubelet: readonly ToldEvent[],
  ours: readonly ToldEvent[],
  stall: Stall | null = null,
): Comparison {
  const theirs = Map.groupBy(kubelet, (e) => e.containerId);
  const own = Map.groupBy(ours, (e) => e.containerId);
  const differing: ContainerDifference[] = [];
  const matched: [ToldEvent, ToldEvent][] = [];
  let sampled = 0;
  let equal = 0;
  let late = 0;
  for (const containerId of new Set([...theirs.keys(), ...own.keys()])) {
    const [a, b] = [theirs.get(containerId) ?? [], own.get(containerId) ?? []];
    const [left, right] = [a.map((e) => e.type), b.map((e) => e.type)];
    if (touches(b, stall) && isWithin(left, right)) late += 1;
    else if (left.join() === right.join()) {
      equal += 1;
      matched.push(...a.flatMap((e, i): [ToldEvent, ToldEvent][] => (b[i] === undefined ? [] : [[e, b[i]]])));
    } else if (isMissable(a) || isMissable(b)) sampled += 1;
    else differing.push({ containerId, kubelet: left, ours: right });
  }
  const apart = matched.map(([a, b]) => Math.abs(a.at - b.at));
  const farthestMs = apart.length === 0 ? null : Math.max(...apart);
  return { equal, sampled, late, differing, inverted: inversions(matched), farthestMs };
}

/** Whether one of these came while the kubelet stood still. */
function touches(events: readonly ToldEvent[], stall: Stall | null): boolean {
  return stall !== null && events.some((e) => e.at >= stall.from && e.at <= stall.to);
}

/** Whether the words of one telling stand in the other in the same order, with others between them. */
function isWithin(told: readonly string[], whole: readonly string[]): boolean {
  let next = 0;
  for (const word of whole) if (word === told[next]) next += 1;
  return next === told.length;
}

/** A start and an end right after it. */
function isMissable(events: readonly ToldEvent[]): boolean {
  return events.some((e, i) => {
    const next = events[i + 1];
    return next !== undefined && next.at - e.at < MISSABLE_MS;
  });
}

function inversions(matched: readonly (readonly [ToldEvent, ToldEvent])[]): number {
  let count = 0;
  for (const pairs of Map.groupBy(matched, ([a]) => a.podUid).values()) {
    for (const [a, b] of pairs) {
      for (const [later, ours] of pairs) if (later.at - a.at > MISSABLE_MS && ours.at < b.at) count += 1;
    }
  }
  return count;
}
