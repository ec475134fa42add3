import type { Container, ContainerState, Pod } from './pod.ts';
import type { PodEvent, PodEventType } from './pod-event.ts';

/** A container's state as the generator compares it. Source: plegContainerState, pkg/kubelet/pleg/generic.go. */
export type RecordState = 'running' | 'exited' | 'unknown' | 'non-existent';

/** One container's way from one list to the next. */
export interface Transition {
  readonly containerId: string;
  readonly kind: 'sandbox' | 'container';
  readonly from: RecordState;
  readonly to: RecordState;
}

/** `created` counts as unknown: the kubelet has no use for it. */
export function recordState(state: ContainerState | undefined): RecordState {
  if (state === undefined) return 'non-existent';
  return state === 'created' ? 'unknown' : state;
}

/**
 * What changed in a pod, in the order in which the kubelet makes events of it: containers before sandboxes, those of
 * the old list before those that are new. Source: getContainersFromPods, computeEvents in generic.go @ v1.20.2.
 */
export function podTransitions(old: Pod | null, current: Pod | null): readonly Transition[] {
  if (old === current) return [];
  const found: Transition[] = [];
  const seen = new Set<string>();
  const add = (kind: Transition['kind'], containers: readonly Container[]) => {
    for (const { id } of containers) {
      if (seen.has(id)) continue;
      seen.add(id);
      const from = recordState(stateIn(old, id));
      const to = recordState(stateIn(current, id));
      if (from !== to) found.push({ containerId: id, kind, from, to });
    }
  };
  for (const pod of [old, current]) {
    if (pod === null) continue;
    add('container', pod.containers);
    add('sandbox', pod.sandboxes);
  }
  return found;
}

function stateIn(pod: Pod | null, id: string): ContainerState | undefined {
  if (pod === null) return undefined;
  return (pod.containers.find((c) => c.id === id) ?? pod.sandboxes.find((s) => s.id === id))?.state;
}

/** What each state that was come to is called. `ContainerChanged` is made, but never sent. */
const EVENT: Readonly<Record<Exclude<RecordState, 'non-existent'>, PodEventType>> = {
  running: 'ContainerStarted',
  exited: 'ContainerDied',
  unknown: 'ContainerChanged',
};

/**
 * The events of a transition. What vanished without having been seen to end is said to have died first.
 * Source: generateEvents in generic.go @ v1.20.2.
 */
export function transitionEvents(podUid: string, { containerId, from, to }: Transition): readonly PodEvent[] {
  if (to !== 'non-existent') return [{ podUid, type: EVENT[to], containerId }];
  const removed: PodEvent = { podUid, type: 'ContainerRemoved', containerId };
  return from === 'exited' ? [removed] : [{ podUid, type: 'ContainerDied', containerId }, removed];
}
