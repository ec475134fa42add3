import { ask } from '../ask.ts';
import type { Clock } from '../clock.ts';
import type { TimedCall } from '../relist-record.ts';
import type { Answer, Runtime } from '../runtime.ts';
import type { Task } from '../task.ts';
import { noteFailure, noteSuccess, type TrackedContainer } from './tracked-container.ts';

export interface InspectorOptions {
  readonly clock: Clock;
  readonly runtime: Runtime;
  readonly deadlineMs: number;
  readonly onCall: (call: TimedCall) => void;
}

/** Asks for one container and notes on it how that went. */
export class Inspector {
  readonly #options: InspectorOptions;

  constructor(options: InspectorOptions) {
    this.#options = options;
  }

  *inspect(c: TrackedContainer, onDone: (succeeded: boolean) => void): Task<void> {
    const { clock, onCall } = this.#options;
    const startedAt = clock.now();
    c.askedAt = startedAt;
    const answer = c.kind === 'sandbox' ? yield* this.#sandbox(c) : yield* this.#container(c);
    const now = clock.now();
    c.askedAt = null;
    const failure = answer.outcome === 'ok' ? null : answer;
    if (failure === null) noteSuccess(c, startedAt);
    else noteFailure(c, failure, startedAt, now);
    const call = c.kind === 'sandbox' ? 'sandbox-status' : 'container-status';
    onCall({ call, podUid: c.pod.uid, containerId: c.id, startedAt, tookMs: now - startedAt, failure });
    onDone(failure === null);
  }

  *#sandbox(c: TrackedContainer): Task<Answer<unknown>> {
    const { clock, runtime, deadlineMs } = this.#options;
    const answer = yield* ask(clock, deadlineMs, (limits) => runtime.sandboxStatus(c.id, limits));
    if (answer.outcome === 'ok') c.sandbox = answer.value;
    return answer;
  }

  *#container(c: TrackedContainer): Task<Answer<unknown>> {
    const { clock, runtime, deadlineMs } = this.#options;
    const answer = yield* ask(clock, deadlineMs, (limits) => runtime.containerStatus(c.id, limits));
    if (answer.outcome === 'ok') c.container = answer.value;
    return answer;
  }
}
