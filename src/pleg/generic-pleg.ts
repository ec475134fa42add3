import { Channel } from './channel.ts';
import type { Clock } from './clock.ts';
import type { Era } from './era.ts';
import { inspectPod, withKeptIps } from './inspect-pod.ts';
import { plegProblem } from './pleg-health.ts';
import type { Pod } from './pod.ts';
import type { PodCache } from './pod-cache.ts';
import type { PodEvent } from './pod-event.ts';
import { PodRecords } from './pod-records.ts';
import { RelistMeter } from './relist-meter.ts';
import type { RelistRecord } from './relist-record.ts';
import type { Runtime } from './runtime.ts';
import { type Running, sleep, start, type Task } from './task.ts';
import { podTransitions, transitionEvents } from './transitions.ts';

export interface GenericPlegOptions {
  readonly clock: Clock;
  readonly runtime: Runtime;
  readonly era: Era;
  /** --runtime-request-timeout, ms. */
  readonly requestTimeoutMs: number;
  readonly cache: PodCache;
  readonly events: Channel<PodEvent>;
  readonly onRelist?: ((record: RelistRecord) => void) | undefined;
}

/** How often it relists and how old a relist may be, ms. */
export interface RelistPace {
  readonly periodMs: number;
  readonly thresholdMs: number;
}

/**
 * The kubelet's generator of pod lifecycle events, in the form of any era: one relist after the other, pod after pod,
 * call after call. Source: pkg/kubelet/pleg/generic.go @ v1.20.2 (two inspections) and current (one).
 */
export class GenericPleg {
  readonly #options: GenericPlegOptions;
  readonly #records = new PodRecords();
  /** Full while a relist is at work. */
  readonly #lock: Channel<null>;
  /** Pods whose last inspection failed, as they were listed then; null for those that were gone. */
  #toReinspect = new Map<string, Pod | null>();
  #pace: RelistPace;
  #relistAt: number | null = null;
  #number = 0;
  #loop: Running<never> | null = null;

  constructor(options: GenericPlegOptions) {
    this.#options = options;
    this.#pace = options.era.relist;
    this.#lock = new Channel(options.clock, 1);
  }

  /** When the newest relist that counts began, ms; null before the first. */
  get relistAt(): number | null {
    return this.#relistAt;
  }

  start(): void {
    if (this.#loop === null) this.#loop = start(this.#options.clock, this.#relistForever());
  }

  stop(): void {
    this.#loop?.stop();
    this.#loop = null;
  }

  setPace(pace: RelistPace): void {
    this.#pace = pace;
  }

  /** In the kubelet's words; null while it is healthy. */
  problem(): string | null {
    const { clock, era } = this.#options;
    const { saysNeverSuccessful } = era.messages;
    return plegProblem(
      { relistAt: this.#relistAt, thresholdMs: this.#pace.thresholdMs, saysNeverSuccessful },
      clock.now(),
    );
  }

  *#relistForever(): Task<never> {
    for (;;) {
      yield* this.relist();
      yield* sleep(this.#options.clock, this.#pace.periodMs);
    }
  }

  /** Waits for the one that is at work, if any. */
  *relist(): Task<void> {
    yield* this.#lock.send(null);
    try {
      yield* this.#relist();
    } finally {
      this.#lock.tryReceive();
    }
  }

  *#relist(): Task<void> {
    const { clock, runtime, era, requestTimeoutMs, cache } = this.#options;
    this.#number += 1;
    const meter = new RelistMeter(clock, this.#number);
    if (!era.relist.stampNeedsList) this.#relistAt = meter.startedAt;
    const pods = yield* meter.list(requestTimeoutMs, (limits) => runtime.listPods(limits));
    if (pods !== null) {
      this.#relistAt = meter.startedAt;
      this.#records.setCurrent(pods);
      if (era.relist.inspections === 2) yield* this.#inspectTwice(meter);
      else yield* this.#inspectOnce(meter);
      cache.updateTime(meter.startedAt);
    }
    this.#options.onRelist?.(meter.record());
  }

  /** Up to 1.32: pods with events, then once more all that failed in the relist before and not succeeded since. */
  *#inspectTwice(meter: RelistMeter): Task<void> {
    const failed = new Map<string, Pod | null>();
    for (const [uid, events] of this.#changed()) {
      const pod = this.#records.current(uid);
      const went = yield* this.#updateCache(meter, uid, pod);
      if (went === 'failed') {
        failed.set(uid, pod);
        continue;
      }
      this.#toReinspect.delete(uid);
      if (went === 'ignored') continue;
      this.#records.update(uid);
      yield* this.#send(meter, events);
    }
    for (const [uid, pod] of this.#toReinspect) {
      if ((yield* this.#updateCache(meter, uid, pod)) === 'failed') failed.set(uid, pod);
    }
    this.#toReinspect = failed;
  }

  /** Since 1.33: pods with events and those that failed before, each once. */
  *#inspectOnce(meter: RelistMeter): Task<void> {
    const failed = new Map<string, Pod | null>();
    for (const [uid, events] of this.#changed(this.#toReinspect)) {
      const pod = this.#records.current(uid);
      const went = yield* this.#updateCache(meter, uid, pod);
      if (went === 'failed') failed.set(uid, pod);
      if (went !== 'cached') continue;
      this.#records.update(uid);
      yield* this.#send(meter, events);
    }
    this.#toReinspect = failed;
  }

  /** Pods with events, and those that are asked for anyway. */
  #changed(anyway?: ReadonlyMap<string, unknown>): [string, readonly PodEvent[]][] {
    const found: [string, readonly PodEvent[]][] = [];
    for (const [uid, { old, current }] of this.#records.entries()) {
      const events = podTransitions(old, current).flatMap((t) => transitionEvents(uid, t));
      if (events.length > 0 || anyway?.has(uid)) found.push([uid, events]);
    }
    return found;
  }

  /** @returns `ignored` where the evented generator, that writes too, knew better */
  *#updateCache(meter: RelistMeter, uid: string, pod: Pod | null): Task<'cached' | 'ignored' | 'failed'> {
    const { clock, runtime, requestTimeoutMs, cache } = this.#options;
    if (pod === null) {
      cache.delete(uid);
      return 'cached';
    }
    const startedAt = clock.now();
    const answer = yield* inspectPod(runtime, meter, pod, requestTimeoutMs);
    if (answer.outcome === 'ok') {
      const before = cache.get(uid);
      const status = withKeptIps(answer.value, before.failure === null ? before.status : null);
      return cache.set(uid, status, null, startedAt) ? 'cached' : 'ignored';
    }
    cache.set(uid, null, answer, startedAt);
    return 'failed';
  }

  *#send(meter: RelistMeter, events: readonly PodEvent[]): Task<void> {
    const { era, events: channel } = this.#options;
    for (const event of events) {
      if (event.type === 'ContainerChanged') continue;
      if (era.channel.whenFull === 'block') {
        yield* channel.send(event);
        meter.noteEvent(true);
      } else {
        meter.noteEvent(channel.trySend(event));
      }
    }
  }
}
