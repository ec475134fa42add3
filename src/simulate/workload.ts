import type { Clock } from '../pleg/clock.ts';
import type { Container, Pod } from '../pleg/pod.ts';
import type { CallName } from '../pleg/runtime.ts';
import { type Behaviour, VirtualRuntime } from '../pleg/virtual-runtime.ts';
import { drawLatency } from './latency.ts';
import { exponential, pick, type Random } from './random.ts';
import type { Scenario } from './scenario.ts';

const MINUTE_MS = 60_000;

/** Told of each list of all pods when it is asked for: a relist begins. */
export type OnList = (at: number, takesMs: number) => void;

/**
 * A runtime with the pods of a scenario. It is calm and answers at once until `begin`, so that the kubelet has met
 * every pod by then.
 */
export class Workload {
  readonly runtime: VirtualRuntime;
  readonly #clock: Clock;
  readonly #scenario: Scenario;
  readonly #random: Random;
  readonly #onList: OnList;
  readonly #hung = new Set<string>();
  readonly #pods: Map<string, Pod>;
  #begun = false;

  constructor(clock: Clock, scenario: Scenario, random: Random, onList: OnList) {
    this.#clock = clock;
    this.#scenario = scenario;
    this.#random = random;
    this.#onList = onList;
    this.runtime = new VirtualRuntime(clock, (call, id) => this.#behave(call, id));
    const uids = Array.from({ length: scenario.pods }, (_, i) => podUid(i));
    this.#pods = new Map(uids.map((uid) => [uid, newPod(uid, scenario.containersPerPod)]));
    for (const pod of this.#pods.values()) this.runtime.put(pod);
  }

  /** From now on calls take their time, containers end now and then, and the hung ones hang. */
  begin(): void {
    this.#begun = true;
    const { hung, containersPerPod, churnPerMinute } = this.#scenario;
    for (let i = 0; i < hung.containers; i += 1) {
      this.#hung.add(containerId(podUid(i % hung.pods), Math.floor(i / hung.pods), 0));
    }
    // What hangs is met only once its pod changes: in each a container ends, one beside the hung ones if there is any.
    for (let i = 0; i < hung.pods; i += 1) this.#end(podUid(i), containersPerPod - 1);
    if (churnPerMinute > 0) this.#endLater(MINUTE_MS / churnPerMinute);
  }

  /** The kubelet learnt that a container ended: it starts it again. */
  startAgain(uid: string, id: string): void {
    const pod = this.#pods.get(uid);
    if (pod !== undefined)
      this.#put(pod, (c, at) => (c.id === id && c.state === 'exited' ? nextAttempt(uid, c, at) : c));
  }

  #behave(call: CallName, id: string | null): Behaviour {
    const hangs = call === 'container-status' && id !== null && this.#hung.has(id);
    const takesMs = this.#begun ? this.#takes(call) : 0;
    if (call === 'list' && id === null) this.#onList(this.#clock.now(), takesMs);
    return hangs ? 'hang' : takesMs;
  }

  /** A list is two calls of the kubelet's: one for the sandboxes, one for the containers. */
  #takes(call: CallName): number {
    const draw = () => drawLatency(this.#scenario.latency, this.#random);
    return call === 'list' ? draw() + draw() : draw();
  }

  #endLater(meanMs: number): void {
    this.#clock.after(exponential(this.#random, meanMs), () => {
      const { pods, containersPerPod } = this.#scenario;
      const [uid, which] = [podUid(pick(this.#random, pods)), pick(this.#random, containersPerPod)];
      if (!this.#hung.has(this.#pods.get(uid)?.containers[which]?.id ?? '')) this.#end(uid, which);
      this.#endLater(meanMs);
    });
  }

  #end(uid: string, which: number): void {
    const pod = this.#pods.get(uid);
    if (pod !== undefined) this.#put(pod, (c, at) => (at === which ? { ...c, state: 'exited' } : c));
  }

  #put(pod: Pod, change: (container: Container, at: number) => Container): void {
    const changed = { ...pod, containers: pod.containers.map(change) };
    this.#pods.set(pod.uid, changed);
    this.runtime.put(changed);
  }
}

function newPod(uid: string, containers: number): Pod {
  return {
    uid,
    name: uid,
    namespace: 'default',
    sandboxes: [{ id: `${uid}-sandbox`, name: 'POD', state: 'running', attempt: 0 }],
    containers: Array.from({ length: containers }, (_, at) => ({
      id: containerId(uid, at, 0),
      name: `c${at}`,
      state: 'running',
      attempt: 0,
    })),
  };
}

/** The ended one goes: that the kubelet keeps one of each (maximum-dead-containers-per-container) is left out. */
function nextAttempt(uid: string, { name, attempt }: Container, at: number): Container {
  const next = (attempt ?? 0) + 1;
  return { id: containerId(uid, at, next), name, state: 'running', attempt: next };
}

function podUid(i: number): string {
  return `pod-${i}`;
}

function containerId(pod: string, at: number, attempt: number): string {
  return `${pod}-c${at}-${attempt}`;
}
