import assert from 'node:assert/strict';
import type { Pod } from '../../src/pleg/pod.ts';
import type { PodEvent, PodEventType } from '../../src/pleg/pod-event.ts';
import type { Runtime } from '../../src/pleg/runtime.ts';
import { type RecordState, recordState, transitionEvents } from '../../src/pleg/transitions.ts';

/** Every list of all pods that a runtime answered with, in order. */
export type Lists = (readonly Pod[])[];

/** The same runtime; what it lists is noted. */
export function recordingLists(runtime: Runtime, lists: Lists): Runtime {
  return {
    listPods: (limits, podUid) => {
      const reply = runtime.listPods(limits, podUid);
      if (podUid !== undefined || !('whenSettled' in reply)) return reply;
      return {
        whenSettled: (act) =>
          reply.whenSettled((answer) => {
            if (answer.outcome === 'ok') lists.push(answer.value);
            act(answer);
          }),
      };
    },
    sandboxStatus: (id, limits) => runtime.sandboxStatus(id, limits),
    containerStatus: (id, limits) => runtime.containerStatus(id, limits),
    conditions: (limits) => runtime.conditions(limits),
  };
}

/**
 * Holds the events against what was listed. For each container they must be exactly those of a walk through some of the
 * states in which it was listed, in order, that ends in the last one: none lost, none doubled, none made up.
 */
export function checkEvents(lists: Lists, events: readonly PodEvent[]): void {
  const ids = new Set(events.flatMap((e) => e.containerId ?? []));
  for (const list of lists) for (const pod of list) for (const c of parts(pod)) ids.add(c.id);
  for (const id of ids) {
    const types = events.filter((e) => e.containerId === id).map((e) => e.type);
    const states = statesOf(id, lists);
    assert.ok(isWalk(types, states), `${id} was ${states.join(', ')}; told: ${types.join(', ')}`);
  }
}

function parts(pod: Pod) {
  return [...pod.containers, ...pod.sandboxes];
}

/** Each state in which it was listed, one after the other, from when it was not there. */
function statesOf(id: string, lists: Lists): RecordState[] {
  const states: RecordState[] = ['non-existent'];
  for (const list of lists) {
    const state = recordState(list.flatMap(parts).find((c) => c.id === id)?.state);
    if (states.at(-1) !== state) states.push(state);
  }
  return states;
}

function isWalk(types: readonly PodEventType[], states: readonly RecordState[]): boolean {
  // For each state: how many of the events can be accounted for on a walk that ends in it.
  const reached: Set<number>[] = [new Set([0])];
  for (const [at, to] of states.entries()) {
    const here = reached[at] ?? new Set<number>();
    reached[at] = here;
    for (const [before, from] of states.slice(0, at).entries()) {
      const told = eventsBetween(from, to);
      for (const count of reached[before] ?? []) {
        if (told.every((type, i) => types[count + i] === type)) here.add(count + told.length);
      }
    }
  }
  const last = states.at(-1);
  return states.some((state, at) => state === last && reached[at]?.has(types.length));
}

function eventsBetween(from: RecordState, to: RecordState): readonly PodEventType[] {
  if (from === to) return [];
  return transitionEvents('', { containerId: '', kind: 'container', from, to })
    .map((e) => e.type)
    .filter((type) => type !== 'ContainerChanged');
}
