import { whenSettled } from './ask.ts';
import type { Channel } from './channel.ts';
import type { Clock } from './clock.ts';
import type { GenericPleg, RelistPace } from './generic-pleg.ts';
import type { PodStatus } from './pod.ts';
import type { PodCache } from './pod-cache.ts';
import type { PodEvent, PodEventType } from './pod-event.ts';
import type { Answer, Reply } from './runtime.ts';
import { type Running, sleep, start, type Task } from './task.ts';

/** One message of the CRI's GetContainerEvents. */
export interface ContainerEvent {
  readonly type: 'created' | 'started' | 'stopped' | 'deleted';
  readonly containerId: string;
  /** ms since the epoch, on the runtime's clock. */
  readonly createdAt: number;
  /** The whole pod at that time; null where the runtime no longer knew its sandbox: such an event is passed over. */
  readonly pod: PodStatus | null;
}

/** A runtime's stream of events. */
export interface EventSource {
  /** Opens it, hands on what comes, and settles when it ends: an error where it broke or is not there. */
  watch(onEvent: (event: ContainerEvent) => void): Reply<Answer<null>>;
}

/** Source: eventedPlegRelistPeriod and others in pkg/kubelet/kubelet.go, globalCacheUpdatePeriod in evented.go @ 1.28. */
const PACE_BENEATH: RelistPace = { periodMs: 300_000, thresholdMs: 600_000 };
const MAX_STREAM_RETRIES = 5;
const CACHE_UPDATE_PERIOD_MS = 2000;

export interface EventedPlegOptions {
  readonly clock: Clock;
  readonly source: EventSource;
  /** Relists beneath it, seldom; and alone, at its own pace, once the stream has failed too often. */
  readonly generic: GenericPleg;
  readonly genericPace: RelistPace;
  readonly cache: PodCache;
  readonly events: Channel<PodEvent>;
}

/**
 * The kubelet's generator that has the runtime tell it of events, and relists only every five minutes. After five
 * streams that failed it gives up for good. Source: pkg/kubelet/pleg/evented.go @ 1.28; 1.37 made a mere hint of it.
 */
export class EventedPleg {
  readonly #options: EventedPlegOptions;
  #loops: readonly Running<void>[] = [];
  #isInUse = false;

  constructor(options: EventedPlegOptions) {
    this.#options = options;
  }

  /** False from when it has fallen back to relisting. */
  get isInUse(): boolean {
    return this.#isInUse;
  }

  start(): void {
    const { clock, generic } = this.#options;
    this.#isInUse = true;
    generic.setPace(PACE_BENEATH);
    generic.start();
    this.#loops = [start(clock, this.#watch()), start(clock, this.#keepCacheFresh())];
  }

  stop(): void {
    this.#isInUse = false;
    for (const loop of this.#loops) loop.stop();
    this.#options.generic.stop();
  }

  /** Null while there is room for events: that is all it looks at. */
  problem(): string | null {
    const { events } = this.#options;
    if (!this.#isInUse || !events.isFull) return null;
    return `EventedPLEG: pleg event channel capacity is full with ${events.length} events`;
  }

  *#watch(): Task<void> {
    const { clock, source, generic } = this.#options;
    for (let failed = 0; failed < MAX_STREAM_RETRIES; ) {
      const ended = (yield (resume) => {
        whenSettled(
          source.watch((event) => this.#take(event)),
          (answer) => clock.soon(() => resume(answer)),
        );
        return () => undefined;
      }) as Answer<null>;
      if (ended.outcome === 'ok') continue;
      failed += 1;
      yield* generic.relist();
    }
    this.#fallBack();
  }

  #fallBack(): void {
    const { generic, genericPace } = this.#options;
    this.#isInUse = false;
    generic.stop();
    generic.setPace(genericPace);
    generic.start();
  }

  /** So that no pod worker waits for ever for a pod of which no event comes. */
  *#keepCacheFresh(): Task<void> {
    const { clock, cache } = this.#options;
    while (this.#isInUse) {
      cache.updateTime(clock.now());
      yield* sleep(clock, CACHE_UPDATE_PERIOD_MS);
    }
  }

  #take({ type, containerId, createdAt, pod }: ContainerEvent): void {
    if (pod === null || !this.#isInUse) return;
    const { cache } = this.#options;
    if (type === 'deleted') {
      if (pod.sandboxes.some((s) => s.id === containerId)) cache.delete(pod.uid);
      this.#send(pod.uid, 'ContainerDied', containerId);
      this.#send(pod.uid, 'ContainerRemoved', containerId);
      return;
    }
    if (!cache.set(pod.uid, pod, null, createdAt)) return;
    if (type === 'started') this.#send(pod.uid, 'ContainerStarted', containerId);
    if (type === 'stopped') this.#send(pod.uid, 'ContainerDied', containerId);
  }

  /** What does not fit is lost. */
  #send(podUid: string, type: PodEventType, containerId: string): void {
    this.#options.events.trySend({ podUid, type, containerId });
  }
}
