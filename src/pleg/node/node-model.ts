import { Channel } from '../channel.ts';
import type { Clock } from '../clock.ts';
import { CURRENT_ERA } from '../eras.ts';
import { EventedPleg } from '../evented-pleg.ts';
import { GenericPleg } from '../generic-pleg.ts';
import { PodCache } from '../pod-cache.ts';
import type { PodEvent } from '../pod-event.ts';
import type { Runtime } from '../runtime.ts';
import { type Running, start } from '../task.ts';
import { NodeObject } from './api-server.ts';
import { watchNode } from './node-controller.ts';
import { DEFAULT_REQUEST_TIMEOUT_MS, type NodeHooks, type NodeOptions, type RunningNode } from './node-options.ts';
import { checkRuntime, postStatus, renewLease } from './node-status.ts';
import { PodWorkers } from './pod-workers.ts';
import type { ReadyCondition } from './ready-condition.ts';
import { RuntimeState } from './runtime-state.ts';
import { syncLoop } from './sync-loop.ts';

const DEFAULTS: NodeOptions = {
  era: CURRENT_ERA,
  requestTimeoutMs: DEFAULT_REQUEST_TIMEOUT_MS,
  isApiReachable: () => true,
  eventSource: null,
  podSyncMs: () => 0,
};

/**
 * A whole node as far as Ready goes: the kubelet's generator, its sync loop and its heartbeats, what the API server
 * holds, and the node controller, all on one clock.
 */
export class NodeModel implements RunningNode {
  readonly #clock: Clock;
  readonly #runtime: Runtime;
  readonly #options: NodeOptions;
  readonly #hooks: NodeHooks;
  readonly #events: Channel<PodEvent>;
  readonly #pleg: GenericPleg;
  readonly #evented: EventedPleg | null;
  readonly #cache: PodCache;
  readonly #state: RuntimeState;
  readonly #workers: PodWorkers;
  readonly #node: NodeObject;
  #loops: readonly Running<never>[] = [];

  constructor(clock: Clock, runtime: Runtime, options: Partial<NodeOptions> = {}, hooks: NodeHooks = {}) {
    const all = { ...DEFAULTS, ...options };
    const { era, requestTimeoutMs, podSyncMs } = all;
    const source = era.evented ? all.eventSource : null;
    const events = new Channel<PodEvent>(clock, era.channel.capacity);
    const cache = new PodCache(clock, { refusesOlder: source !== null });
    const { onRelist } = hooks;
    const pleg = new GenericPleg({ clock, runtime, era, requestTimeoutMs, cache, events, onRelist });
    this.#clock = clock;
    this.#runtime = runtime;
    this.#options = all;
    this.#hooks = hooks;
    this.#events = events;
    this.#pleg = pleg;
    this.#cache = cache;
    const genericPace = era.relist;
    const evented =
      source === null ? null : new EventedPleg({ clock, source, generic: pleg, genericPace, cache, events });
    this.#evented = evented;
    const checks = [{ name: 'PLEG', problem: () => pleg.problem() }];
    if (evented !== null) checks.push({ name: 'EventedPLEG', problem: () => evented.problem() });
    this.#state = new RuntimeState(era, checks);
    this.#workers = new PodWorkers({ clock, cache, podSyncMs, onSync: hooks.onSync });
    this.#node = new NodeObject((change) => hooks.onReady?.(change));
  }

  get ready(): ReadyCondition | null {
    return this.#node.ready;
  }

  /** Events that wait for the sync loop. */
  get waitingEvents(): number {
    return this.#events.length;
  }

  plegProblem(): string | null {
    return this.#pleg.problem();
  }

  start(): void {
    const clock = this.#clock;
    const { era, requestTimeoutMs, isApiReachable } = this.#options;
    const { onSkip } = this.#hooks;
    const onEvent = (event: PodEvent) => this.#take(event);
    this.#loops = [
      start(clock, postStatus(clock, this.#node, this.#state, this.#options)),
      start(clock, checkRuntime(clock, this.#runtime, this.#state, requestTimeoutMs)),
      start(clock, syncLoop({ clock, era, state: this.#state, events: this.#events, onEvent, onSkip })),
      start(clock, watchNode(clock, this.#node, era.gracePeriodMs)),
      ...(era.heartbeat.lease ? [start(clock, renewLease(clock, this.#node, isApiReachable))] : []),
    ];
    (this.#evented ?? this.#pleg).start();
  }

  stop(): void {
    for (const loop of this.#loops) loop.stop();
    (this.#evented ?? this.#pleg).stop();
    this.#workers.stop();
  }

  /**
   * Removals need no sync (isSyncPodWorthy in pkg/kubelet/kubelet.go @ v1.20.2). A pod of which nothing is left has had
   * its worker; the kubelet ends that by the API server's word, which this model has not.
   */
  #take(event: PodEvent): void {
    this.#hooks.onEvent?.(event, this.#clock.now());
    if (event.type !== 'ContainerRemoved') this.#workers.update(event.podUid);
    else if (this.#cache.get(event.podUid).modifiedAt === null) this.#workers.forget(event.podUid);
  }
}
