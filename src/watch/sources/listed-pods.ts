import { whenSettled } from '../../pleg/ask.ts';
import type { Container, Pod } from '../../pleg/pod.ts';
import type { Answer, CallLimits, Reply, Runtime } from '../../pleg/runtime.ts';
import { type RecordState, recordState } from '../../pleg/transitions.ts';
import type { ContainerRef } from '../model/news.ts';

/**
 * A runtime whose lists are looked at in passing: they alone tell what a container is called. What is gone from the
 * newest list is still known from the one before, when its removal is told.
 */
export class ListedPods implements Runtime {
  readonly #runtime: Runtime;
  #newest: ReadonlyMap<string, ContainerRef> = new Map();
  #before: ReadonlyMap<string, ContainerRef> = new Map();
  #first: Map<string, RecordState> | null = null;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  listPods(limits: CallLimits, podUid?: string): Reply<Answer<readonly Pod[]>> {
    const reply = this.#runtime.listPods(limits, podUid);
    if (podUid === undefined) {
      whenSettled(reply, (answer) => {
        if (answer.outcome === 'ok') this.#note(answer.value);
      });
    }
    return reply;
  }

  sandboxStatus(id: string, limits: CallLimits): ReturnType<Runtime['sandboxStatus']> {
    return this.#runtime.sandboxStatus(id, limits);
  }

  containerStatus(id: string, limits: CallLimits): ReturnType<Runtime['containerStatus']> {
    return this.#runtime.containerStatus(id, limits);
  }

  conditions(limits: CallLimits): ReturnType<Runtime['conditions']> {
    return this.#runtime.conditions(limits);
  }

  nameOf(id: string): ContainerRef | null {
    return this.#newest.get(id) ?? this.#before.get(id) ?? null;
  }

  /** Of a pod, newest list. */
  sandboxesOf(podUid: string): readonly string[] {
    return [...this.#newest.values()].filter((c) => c.kind === 'sandbox' && c.pod.uid === podUid).map((c) => c.id);
  }

  get size(): { readonly pods: number; readonly containers: number } {
    return { pods: new Set([...this.#newest.values()].map((c) => c.pod.uid)).size, containers: this.#newest.size };
  }

  /** The state in which the first list had it, said once; null where it was not in it. */
  takeFirst(id: string): RecordState | null {
    const state = this.#first?.get(id) ?? null;
    this.#first?.delete(id);
    return state;
  }

  #note(pods: readonly Pod[]): void {
    const isFirst = this.#first === null;
    const first = this.#first ?? new Map<string, RecordState>();
    const newest = new Map<string, ContainerRef>();
    for (const pod of pods) {
      for (const [kind, listed] of [
        ['container', pod.containers],
        ['sandbox', pod.sandboxes],
      ] as const) {
        for (const container of listed) {
          newest.set(container.id, this.#newest.get(container.id) ?? refOf(kind, container, pod));
          if (isFirst) first.set(container.id, recordState(container.state));
        }
      }
    }
    this.#first = first;
    this.#before = this.#newest;
    this.#newest = newest;
  }
}

function refOf(kind: ContainerRef['kind'], { id, name }: Container, pod: Pod): ContainerRef {
  return { id, name, kind, pod: { uid: pod.uid, name: pod.name, namespace: pod.namespace } };
}
