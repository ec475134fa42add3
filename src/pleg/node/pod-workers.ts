import type { Clock, Timer } from '../clock.ts';
import type { PodCache } from '../pod-cache.ts';
import { type Running, sleep, start, type Task } from '../task.ts';

/** Until a pod is synced again: after a success, and after a failure. Source: pkg/kubelet/kubelet.go @ v1.20.2. */
const RESYNC_MS = 60_000;
const BACK_OFF_MS = 10_000;

interface Worker {
  /** Null while it has nothing to do. */
  running: Running<void> | null;
  /** Updates that came while it worked: however many, they are one more sync. */
  again: boolean;
  syncedAt: number;
  retry: Timer | null;
}

export interface PodWorkersOptions {
  readonly clock: Clock;
  readonly cache: PodCache;
  /** How long a sync takes, ms. */
  readonly podSyncMs: (podUid: string) => number;
  readonly onSync?: ((podUid: string, at: number) => void) | undefined;
}

/**
 * One worker a pod, that syncs it once at a time, and only with a status that is newer than its last sync. The jitter
 * of the waits between syncs is left out. Source: pkg/kubelet/pod_workers.go @ v1.20.2.
 */
export class PodWorkers {
  readonly #options: PodWorkersOptions;
  readonly #workers = new Map<string, Worker>();

  constructor(options: PodWorkersOptions) {
    this.#options = options;
  }

  /** Pods that have a worker. */
  get size(): number {
    return this.#workers.size;
  }

  /** Syncs the pod, now or after what its worker is doing. */
  update(podUid: string): void {
    const worker = this.#workers.get(podUid) ?? { running: null, again: false, syncedAt: 0, retry: null };
    this.#workers.set(podUid, worker);
    worker.retry?.cancel();
    worker.retry = null;
    if (worker.running === null) this.#work(podUid, worker);
    else worker.again = true;
  }

  /** The pod is no more. */
  forget(podUid: string): void {
    const worker = this.#workers.get(podUid);
    worker?.retry?.cancel();
    worker?.running?.stop();
    this.#workers.delete(podUid);
  }

  stop(): void {
    for (const uid of this.#workers.keys()) this.forget(uid);
  }

  #work(podUid: string, worker: Worker): void {
    const { clock } = this.#options;
    const running = start(clock, this.#syncs(podUid, worker));
    worker.running = running.ended ? null : running;
  }

  *#syncs(podUid: string, worker: Worker): Task<void> {
    const { clock, cache, podSyncMs, onSync } = this.#options;
    do {
      worker.again = false;
      const { failure } = yield* cache.getNewerThan(podUid, worker.syncedAt);
      if (failure === null) {
        yield* sleep(clock, podSyncMs(podUid));
        worker.syncedAt = clock.now();
        onSync?.(podUid, worker.syncedAt);
      }
      worker.retry?.cancel();
      worker.retry = clock.after(failure === null ? RESYNC_MS : BACK_OFF_MS, () => this.update(podUid));
    } while (worker.again);
    worker.running = null;
  }
}
