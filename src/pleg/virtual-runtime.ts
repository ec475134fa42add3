import type { Clock } from './clock.ts';
import type { Container, ContainerState, ContainerStatus, Pod, PodRef, SandboxStatus } from './pod.ts';
import type { Answer, CallFailure, CallLimits, CallName, Later, Runtime, RuntimeConditions } from './runtime.ts';

/** What a virtual runtime is told to do with a call: answer after so many ms, refuse, or never answer. */
export type Behaviour = number | 'hang' | CallFailure;

/** Says how a call goes, each time it is made. `id`: pod, sandbox or container; null for the list of all. */
export type Behave = (call: CallName, id: string | null) => Behaviour;

const READY: RuntimeConditions = {
  runtimeReady: { status: true, reason: '', message: '' },
  networkReady: { status: true, reason: '', message: '' },
};

/**
 * A runtime that exists in memory: pods are put in, changed and taken out at any time, calls take the time they are told
 * to. What a call finds is what holds when it is answered.
 */
export class VirtualRuntime implements Runtime {
  readonly #clock: Clock;
  readonly #behave: Behave;
  readonly #pods = new Map<string, Pod>();
  /** Which pod a sandbox or container is of. */
  readonly #podOf = new Map<string, string>();
  #list: readonly Pod[] | null = [];
  /** What the runtime says of itself. */
  said: RuntimeConditions = READY;

  /** @param behave by default everything is answered at once */
  constructor(clock: Clock, behave: Behave = () => 0) {
    this.#clock = clock;
    this.#behave = behave;
  }

  /** Puts a pod in, or in the place of the one with its UID. */
  put(pod: Pod): void {
    this.take(pod.uid);
    this.#pods.set(pod.uid, pod);
    for (const c of [...pod.sandboxes, ...pod.containers]) this.#podOf.set(c.id, pod.uid);
  }

  /** Removes a pod with all that is left of it. */
  take(podUid: string): void {
    const pod = this.#pods.get(podUid);
    this.#list = null;
    if (pod === undefined) return;
    for (const c of [...pod.sandboxes, ...pod.containers]) this.#podOf.delete(c.id);
    this.#pods.delete(podUid);
  }

  /** Changes the state of a sandbox or container; null removes it. */
  change(id: string, state: ContainerState | null): void {
    const pod = this.#pods.get(this.#podOf.get(id) ?? '');
    if (pod === undefined) return;
    this.put({ ...pod, sandboxes: changed(pod.sandboxes, id, state), containers: changed(pod.containers, id, state) });
  }

  pods(): readonly Pod[] {
    this.#list ??= [...this.#pods.values()];
    return this.#list;
  }

  listPods(_limits: CallLimits, podUid?: string): Later<Answer<readonly Pod[]>> {
    return this.#answer('list', podUid ?? null, () => {
      if (podUid === undefined) return { outcome: 'ok', value: this.pods() };
      const pod = this.#pods.get(podUid);
      return { outcome: 'ok', value: pod === undefined ? [] : [pod] };
    });
  }

  sandboxStatus(id: string): Later<Answer<SandboxStatus>> {
    return this.#answer('sandbox-status', id, () => {
      const sandbox = this.#find(id)?.sandboxes.find((s) => s.id === id);
      if (sandbox === undefined) return notFound(id);
      return { outcome: 'ok', value: { id, ready: sandbox.state === 'running', ips: [] } };
    });
  }

  containerStatus(id: string): Later<Answer<ContainerStatus>> {
    return this.#answer('container-status', id, () => {
      const container = this.#find(id)?.containers.find((c) => c.id === id);
      if (container === undefined) return notFound(id);
      const { name, state } = container;
      const exitCode = state === 'exited' ? 0 : null;
      return { outcome: 'ok', value: { id, name, state, exitCode, startedAt: null, finishedAt: null } };
    });
  }

  conditions(): Later<Answer<RuntimeConditions>> {
    return this.#answer('conditions', null, () => ({ outcome: 'ok', value: this.said }));
  }

  #find(id: string): Pod | undefined {
    return this.#pods.get(this.#podOf.get(id) ?? '');
  }

  #answer<T>(call: CallName, id: string | null, find: () => Answer<T>): Later<Answer<T>> {
    const behaviour = this.#behave(call, id);
    return {
      whenSettled: (act) => {
        if (behaviour === 'hang') return;
        if (typeof behaviour === 'object') this.#clock.soon(() => act(behaviour));
        else if (behaviour === 0) act(find());
        else this.#clock.after(behaviour, () => act(find()));
      },
    };
  }
}

/** A pod with one sandbox and one container in it, both running. */
export function runningPod(uid: string, ref: Partial<PodRef> = {}): Pod {
  return {
    uid,
    name: ref.name ?? uid,
    namespace: ref.namespace ?? 'default',
    sandboxes: [{ id: `${uid}-sandbox`, name: 'POD', state: 'running', attempt: 0 }],
    containers: [{ id: `${uid}-main`, name: 'main', state: 'running', attempt: 0 }],
  };
}

function changed(all: readonly Container[], id: string, state: ContainerState | null): readonly Container[] {
  if (!all.some((c) => c.id === id)) return all;
  return state === null ? all.filter((c) => c.id !== id) : all.map((c) => (c.id === id ? { ...c, state } : c));
}

function notFound(id: string): CallFailure {
  return { outcome: 'error', code: 'NOT_FOUND', message: `an error occurred when try to find ${id}: not found` };
}
