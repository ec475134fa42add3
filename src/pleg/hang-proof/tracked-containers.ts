import { podStatus } from '../inspect-pod.ts';
import type { Container, Pod, PodRef, PodStatus } from '../pod.ts';
import { recordState } from '../transitions.ts';
import type { TrackedContainer } from './tracked-container.ts';

/** Every sandbox and container that is listed, or whose end is still to be told. */
export class TrackedContainers {
  readonly #all = new Map<string, TrackedContainer>();

  get size(): number {
    return this.#all.size;
  }

  values(): IterableIterator<TrackedContainer> {
    return this.#all.values();
  }

  has(c: TrackedContainer): boolean {
    return this.#all.get(c.id) === c;
  }

  forget(c: TrackedContainer): void {
    this.#all.delete(c.id);
  }

  /**
   * Notes a list. What came and went without having been told of is forgotten.
   * @param isDue asked of what did not change
   * @returns what is not as it was told or could not be inspected, with all else of a pod in which something changed anew:
   * the kubelet inspects pods as a whole. Pod by pod, in the kubelet's order: containers before sandboxes
   */
  note(pods: readonly Pod[], isDue: (c: TrackedContainer) => boolean): readonly TrackedContainer[] {
    for (const c of this.#all.values()) c.listed = 'non-existent';
    for (const pod of pods) {
      this.#noteAll('container', pod, pod.containers);
      this.#noteAll('sandbox', pod, pod.sandboxes);
    }
    for (const c of this.#all.values()) if (c.told === c.listed && c.listed === 'non-existent') this.forget(c);
    const changed = new Set<string>();
    for (const c of this.#all.values()) if (isOwed(c) && c.failures === 0 && c.askedAt === null) changed.add(c.pod.uid);
    const due = [...this.#all.values()].filter((c) => isOwed(c) || changed.has(c.pod.uid) || isDue(c));
    const byPod = Map.groupBy(due, (c) => c.pod.uid);
    return [...byPod.values()].flatMap((cs) => cs.toSorted((a, b) => rank(a) - rank(b)));
  }

  /** The pod's status as far as its containers could be inspected; null where it has none. */
  podStatus(uid: string): PodStatus | null {
    const own = [...this.#all.values()].filter((c) => c.pod.uid === uid && c.listed !== 'non-existent');
    const [first] = own;
    if (first === undefined) return null;
    const sandboxes = own.flatMap((c) => c.sandbox ?? []);
    const containers = own.flatMap((c) => c.container ?? []);
    return podStatus(first.pod, sandboxes, containers);
  }

  #noteAll(kind: TrackedContainer['kind'], pod: PodRef, containers: readonly Container[]): void {
    for (const { id, name, state } of containers) {
      const known = this.#all.get(id);
      if (known !== undefined) {
        known.listed = recordState(state);
        continue;
      }
      const { uid, name: podName, namespace } = pod;
      this.#all.set(id, {
        id,
        name,
        kind,
        pod: { uid, name: podName, namespace },
        told: 'non-existent',
        listed: recordState(state),
        sandbox: null,
        container: null,
        askedAt: null,
        inspectedAt: null,
        failure: null,
        failures: 0,
        failingSince: null,
        retryAt: 0,
      });
    }
  }
}

function isOwed(c: TrackedContainer): boolean {
  return c.told !== c.listed || c.failures > 0;
}

/** What was known before comes before what is new, as the kubelet looks at the old pod first. */
function rank(c: TrackedContainer): number {
  return (c.told === 'non-existent' ? 2 : 0) + (c.kind === 'sandbox' ? 1 : 0);
}
