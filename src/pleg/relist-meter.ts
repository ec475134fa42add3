import { ask } from './ask.ts';
import type { Clock } from './clock.ts';
import type { Pod } from './pod.ts';
import type { RelistRecord, TimedCall, WaitingCall } from './relist-record.ts';
import type { Answer, CallLimits, CallName, Reply } from './runtime.ts';
import type { Task } from './task.ts';

/** Failures that a record names; it counts all. */
const NAMED_FAILURES = 20;

/** What a call is about. */
export interface CallSubject {
  readonly call: CallName;
  readonly podUid: string | null;
  readonly containerId: string | null;
}

/** Times the calls of one relist and adds them up to its record. */
export class RelistMeter {
  readonly #clock: Clock;
  readonly #number: number;
  readonly #startedAt: number;
  readonly #failures: TimedCall[] = [];
  #list: TimedCall;
  #pods = 0;
  #containers = 0;
  #inspectedPods = 0;
  #calls = 0;
  #failed = 0;
  #slowest: TimedCall | null = null;
  #sent = 0;
  #discarded = 0;

  /** @param number 1 for the first relist */
  constructor(clock: Clock, number: number) {
    this.#clock = clock;
    this.#number = number;
    this.#startedAt = clock.now();
    this.#list = {
      call: 'list',
      podUid: null,
      containerId: null,
      startedAt: this.#startedAt,
      tookMs: 0,
      failure: null,
    };
  }

  get startedAt(): number {
    return this.#startedAt;
  }

  /** Asks for the list of all pods. */
  *list(deadlineMs: number, call: (limits: CallLimits) => Reply<Answer<readonly Pod[]>>): Task<readonly Pod[] | null> {
    const answer = yield* ask(this.#clock, deadlineMs, call);
    const failure = answer.outcome === 'ok' ? null : answer;
    this.#list = { ...this.#list, tookMs: this.#clock.now() - this.#startedAt, failure };
    if (answer.outcome !== 'ok') {
      this.#fail(this.#list);
      return null;
    }
    this.#pods = answer.value.length;
    for (const pod of answer.value) this.#containers += pod.sandboxes.length + pod.containers.length;
    return answer.value;
  }

  /** Makes one call of an inspection. */
  *inspect<T>(
    subject: CallSubject,
    deadlineMs: number,
    call: (limits: CallLimits) => Reply<Answer<T>>,
  ): Task<Answer<T>> {
    const startedAt = this.#clock.now();
    const answer = yield* ask(this.#clock, deadlineMs, call);
    const failure = answer.outcome === 'ok' ? null : answer;
    this.noteCall({ ...subject, startedAt, tookMs: this.#clock.now() - startedAt, failure });
    return answer;
  }

  noteCall(call: TimedCall): void {
    this.#calls += 1;
    if (call.failure !== null) this.#fail(call);
    if (this.#slowest === null || call.tookMs > this.#slowest.tookMs) this.#slowest = call;
  }

  notePods(count: number): void {
    this.#inspectedPods += count;
  }

  noteEvent(sent: boolean): void {
    if (sent) this.#sent += 1;
    else this.#discarded += 1;
  }

  record(waiting: readonly WaitingCall[] = []): RelistRecord {
    return {
      number: this.#number,
      startedAt: this.#startedAt,
      tookMs: this.#clock.now() - this.#startedAt,
      list: this.#list,
      listed: { pods: this.#pods, containers: this.#containers },
      inspected: { pods: this.#inspectedPods, calls: this.#calls },
      slowest: this.#slowest,
      failures: this.#failures,
      failed: this.#failed,
      events: { sent: this.#sent, discarded: this.#discarded },
      waiting,
    };
  }

  #fail(call: TimedCall): void {
    this.#failed += 1;
    if (this.#failures.length < NAMED_FAILURES) this.#failures.push(call);
  }
}
