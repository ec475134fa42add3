import type { Clock } from '../clock.ts';
import { plegProblem } from '../pleg-health.ts';
import type { PodCache } from '../pod-cache.ts';
import type { PodEvent } from '../pod-event.ts';
import { RelistMeter } from '../relist-meter.ts';
import type { RelistRecord } from '../relist-record.ts';
import type { CallName, Runtime } from '../runtime.ts';
import { type Running, sleep, start, type Task } from '../task.ts';
import { type RecordState, transitionEvents } from '../transitions.ts';
import { CallPool } from './call-pool.ts';
import { Gate } from './gate.ts';
import { Inspector } from './inspector.ts';
import { Latencies } from './latencies.ts';
import { HANG_PROOF_LIMITS, type HangProofLimits } from './limits.ts';
import { Ring } from './ring.ts';
import { type HungContainer, hungContainer, type TrackedContainer } from './tracked-container.ts';
import { TrackedContainers } from './tracked-containers.ts';

export interface HangProofOptions {
  readonly clock: Clock;
  readonly runtime: Runtime;
  readonly cache: PodCache;
  readonly limits?: Partial<HangProofLimits>;
  readonly onEvent: (event: PodEvent, at: number) => void;
  readonly onRelist?: ((record: RelistRecord) => void) | undefined;
}

/**
 * A generator of the kubelet's events that no container can stop. It inspects container by container, side by side, each
 * under a deadline, asks none twice at a time, waits for none longer than a moment, and names those that hang. As with
 * the kubelet, an event is told once its container could be inspected, and in the kubelet's order within a pod; what
 * hangs holds up its own events only.
 */
export class HangProofPleg {
  readonly #options: HangProofOptions;
  readonly #limits: HangProofLimits;
  readonly #containers = new TrackedContainers();
  readonly #pool: CallPool;
  readonly #inspector: Inspector;
  readonly #records: Ring<RelistRecord>;
  readonly #latencies = new Map<CallName, Latencies>();
  #meter: RelistMeter;
  #relistAt: number | null = null;
  #number = 0;
  #loop: Running<never> | null = null;

  constructor(options: HangProofOptions) {
    const { clock, runtime } = options;
    const limits = { ...HANG_PROOF_LIMITS, ...options.limits };
    this.#options = options;
    this.#limits = limits;
    this.#records = new Ring(limits.records);
    this.#meter = new RelistMeter(clock, 0);
    this.#pool = new CallPool({ clock, ...limits });
    this.#inspector = new Inspector({
      clock,
      runtime,
      deadlineMs: limits.inspectMs,
      onCall: (call) => {
        this.#meter.noteCall(call);
        this.#noteLatency(call.call, call.tookMs);
      },
    });
  }

  start(): void {
    if (this.#loop === null) this.#loop = start(this.#options.clock, this.#relistForever());
  }

  stop(): void {
    this.#loop?.stop();
    this.#loop = null;
    this.#pool.stop();
  }

  /** When the newest relist whose list was answered began, ms; null before the first. */
  get relistAt(): number | null {
    return this.#relistAt;
  }

  /** In the kubelet's words; null while it is healthy. Only the list can make it unhealthy. */
  problem(): string | null {
    const { thresholdMs } = this.#limits;
    return plegProblem({ relistAt: this.#relistAt, thresholdMs, saysNeverSuccessful: true }, this.#options.clock.now());
  }

  /** Sandboxes and containers that are listed, or whose end is still to be told. */
  get tracked(): number {
    return this.#containers.size;
  }

  /** The newest relists, oldest first. */
  records(): readonly RelistRecord[] {
    return this.#records.toArray();
  }

  /** Of all calls so far; null where none was made. */
  latencies(call: CallName): Latencies | null {
    return this.#latencies.get(call) ?? null;
  }

  /** Containers that are asked in vain, longest first. */
  hung(): readonly HungContainer[] {
    const now = this.#options.clock.now();
    return [...this.#containers.values()]
      .flatMap((c) => hungContainer(c, this.#limits.hungAfterMs, now) ?? [])
      .toSorted((a, b) => a.since - b.since);
  }

  *#relistForever(): Task<never> {
    const { clock } = this.#options;
    for (;;) {
      const startedAt = clock.now();
      yield* this.#relist();
      // A tenth of the period, even where the list itself takes longer than one.
      const rest = Math.max(this.#limits.periodMs / 10, startedAt + this.#limits.periodMs - clock.now());
      yield* sleep(clock, rest);
    }
  }

  *#relist(): Task<void> {
    const { clock, runtime, cache } = this.#options;
    const { listMs, patienceMs } = this.#limits;
    this.#number += 1;
    const meter = new RelistMeter(clock, this.#number);
    this.#meter = meter;
    const pods = yield* meter.list(listMs, (limits) => runtime.listPods(limits));
    this.#noteLatency('list', clock.now() - meter.startedAt);
    if (pods !== null) {
      this.#relistAt = meter.startedAt;
      const changed = this.#containers.note(pods, (c) => this.#isSweptNow(c));
      yield* this.#inspect(changed, patienceMs);
      cache.updateTime(meter.startedAt);
    }
    this.#finish(meter);
  }

  #isSweptNow({ inspectedAt }: TrackedContainer): boolean {
    const { sweepMs } = this.#limits;
    return sweepMs !== null && inspectedAt !== null && this.#options.clock.now() - inspectedAt >= sweepMs;
  }

  /** Waits for the inspections, though not longer than `patienceMs`, and tells what came of them in order. */
  *#inspect(changed: readonly TrackedContainer[], patienceMs: number): Task<void> {
    const { clock } = this.#options;
    const due = changed.filter((c) => c.listed !== 'non-existent' && c.askedAt === null && c.retryAt <= clock.now());
    const gate = new Gate(due.length);
    const inspected = new Set<TrackedContainer>();
    let isOver = false;
    // Those with news first: sweeps can wait.
    for (const c of due.toSorted((a, b) => Number(b.told !== b.listed) - Number(a.told !== a.listed))) {
      const target = c.listed;
      c.askedAt = clock.now();
      const call = () =>
        this.#inspector.inspect(c, (succeeded) => {
          if (succeeded && isOver) this.#tell([[c, target]]);
          else if (succeeded) inspected.add(c);
          gate.pass();
        });
      this.#pool.add(call, c.failures > 0);
    }
    this.#meter.notePods(new Set(due.map((c) => c.pod.uid)).size);
    yield* gate.passedWithin(clock, patienceMs);
    isOver = true;
    const news = changed.filter((c) => c.listed === 'non-existent' || inspected.has(c));
    this.#tell(news.map((c) => [c, c.listed]));
  }

  /** Tells that these have come to these states: first the cache knows it, then whoever listens. */
  #tell(news: readonly (readonly [TrackedContainer, RecordState])[]): void {
    const { clock, onEvent } = this.#options;
    // What was told to be gone while it was inspected is not told of again.
    const current = news.filter(([c]) => this.#containers.has(c));
    const events = current.flatMap(([c, state]) => this.#come(c, state));
    for (const uid of new Set(current.map(([c]) => c.pod.uid))) this.#cachePod(uid);
    for (const event of events) {
      this.#meter.noteEvent(true);
      onEvent(event, clock.now());
    }
  }

  #come(c: TrackedContainer, to: RecordState): readonly PodEvent[] {
    const from = c.told;
    c.told = to;
    if (to === 'non-existent') this.#containers.forget(c);
    if (from === to) return [];
    const events = transitionEvents(c.pod.uid, { containerId: c.id, kind: c.kind, from, to });
    return events.filter((e) => e.type !== 'ContainerChanged');
  }

  #cachePod(uid: string): void {
    const { clock, cache } = this.#options;
    const status = this.#containers.podStatus(uid);
    if (status === null) cache.delete(uid);
    else cache.set(uid, status, null, this.#relistAt ?? clock.now());
  }

  #finish(meter: RelistMeter): void {
    const waiting = [...this.#containers.values()].flatMap((c) =>
      c.askedAt === null ? [] : [{ podUid: c.pod.uid, containerId: c.id, startedAt: c.askedAt }],
    );
    const record = meter.record(waiting);
    this.#records.push(record);
    this.#options.onRelist?.(record);
  }

  #noteLatency(call: CallName, ms: number): void {
    let latencies = this.#latencies.get(call);
    if (latencies === undefined) {
      latencies = new Latencies();
      this.#latencies.set(call, latencies);
    }
    latencies.add(ms);
  }
}
