import type { Clock } from './clock.ts';
import type { PodStatus } from './pod.ts';
import type { CallFailure } from './runtime.ts';
import type { Task } from './task.ts';

/** What the cache holds of a pod. Both null: the runtime knows nothing of it. */
export interface CachedStatus {
  readonly status: PodStatus | null;
  /** Why the last inspection failed. */
  readonly failure: CallFailure | null;
  /** When that inspection began, ms; null where there is no entry. */
  readonly modifiedAt: number | null;
}

interface Subscriber {
  readonly newerThan: number;
  readonly deliver: (cached: CachedStatus) => void;
}

const NOTHING: CachedStatus = { status: null, failure: null, modifiedAt: null };

/**
 * Pods' statuses with the time from which they are known to hold. Pod workers read it by {@link getNewerThan}, which
 * waits: so a stuck relist stops every worker that once synced. Source: pkg/kubelet/container/cache.go @ v1.20.2.
 */
export class PodCache {
  readonly #clock: Clock;
  /** Since the evented generator, that writes too: an older status does not replace a newer one. */
  readonly #refusesOlder: boolean;
  readonly #entries = new Map<string, CachedStatus>();
  readonly #subscribers = new Map<string, Subscriber[]>();
  #time: number | null = null;

  constructor(clock: Clock, options: { readonly refusesOlder: boolean } = { refusesOlder: false }) {
    this.#clock = clock;
    this.#refusesOlder = options.refusesOlder;
  }

  /** All entries are at least this new, ms; null before the first relist was through. */
  get time(): number | null {
    return this.#time;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(uid: string): CachedStatus {
    return this.#entries.get(uid) ?? NOTHING;
  }

  /** @returns whether it was taken */
  set(uid: string, status: PodStatus | null, failure: CallFailure | null, at: number): boolean {
    const held = this.#entries.get(uid)?.modifiedAt ?? null;
    if (this.#refusesOlder && held !== null && held > at) return false;
    this.#entries.set(uid, { status, failure, modifiedAt: at });
    this.#notify(uid, at);
    return true;
  }

  /** Wakes nobody: who waits for the pod is served by the next {@link updateTime}. */
  delete(uid: string): void {
    this.#entries.delete(uid);
  }

  updateTime(at: number): void {
    this.#time = at;
    for (const uid of this.#subscribers.keys()) this.#notify(uid, at);
  }

  /** Waits until the pod's status is newer than `time`. */
  *getNewerThan(uid: string, time: number): Task<CachedStatus> {
    const entry = this.#entries.get(uid);
    const isNewer = (entry?.modifiedAt ?? Number.NEGATIVE_INFINITY) > time;
    if (isNewer || (this.#time !== null && this.#time > time)) return entry ?? NOTHING;
    const cached = yield (resume) => {
      const subscriber = { newerThan: time, deliver: (value: CachedStatus) => this.#clock.soon(() => resume(value)) };
      this.#subscribers.set(uid, [...(this.#subscribers.get(uid) ?? []), subscriber]);
      return () => this.#keep(uid, (s) => s !== subscriber);
    };
    return cached as CachedStatus;
  }

  /** An equal time serves here, unlike in {@link getNewerThan}: so does the kubelet's. */
  #notify(uid: string, at: number): void {
    const waiting = this.#subscribers.get(uid);
    if (waiting === undefined) return;
    this.#keep(uid, (s) => at < s.newerThan);
    for (const s of waiting) if (at >= s.newerThan) s.deliver(this.get(uid));
  }

  #keep(uid: string, keep: (s: Subscriber) => boolean): void {
    const left = (this.#subscribers.get(uid) ?? []).filter(keep);
    if (left.length === 0) this.#subscribers.delete(uid);
    else this.#subscribers.set(uid, left);
  }
}
