import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import type { SourceRecorder } from '../../evidence/recorder.ts';
import { callEach } from '../../runtimes/call-each.ts';
import type { CallLimits, CallResult } from '../../runtimes/call-result.ts';
import { endpointUrl } from '../endpoints/address.ts';
import type { EndpointKind } from '../endpoints/kinds.ts';
import type { Endpoint } from '../endpoints.ts';
import { observeGap } from '../gaps.ts';
import type { ProbeContext } from '../probe.ts';

export type CallName = FactOf<'call'>['call'];
type EngineDetails = Partial<Omit<FactOf<'engine'>, 'type' | 'kind' | 'endpoint' | 'foundBy'>>;

/** What is asked, in the words of the API and as a command that a person can run. */
export interface Question {
  readonly call: CallName;
  readonly what: string;
  readonly command: string | null;
}

/** Kept between the last deadline of a call and the end of the budget, for writing down what came of it. */
const MARGIN_MS = 250;

/** Shorter than this, a call that is not answered is no evidence. */
const LEAST_CALL_MS = 500;

/** How many containers are asked at once, and how long one may take before it is slow. */
export const PATIENCE_MS = 300;
const EACH = { atOnce: 12, patienceMs: PATIENCE_MS, slowAtOnce: 128 } as const;

/** Everything one probe writes about one endpoint: the engine, each call to it, how long it took. */
export class EngineSession {
  readonly context: ProbeContext;
  readonly endpoint: Endpoint;
  readonly url: string;
  readonly engine: EntityId;
  readonly #kind: EndpointKind;
  #leftUnanswered = false;

  constructor(context: ProbeContext, endpoint: Endpoint, kind: EndpointKind) {
    this.context = context;
    this.endpoint = endpoint;
    this.url = endpointUrl(endpoint.path);
    this.engine = entityId.engine(kind, this.url);
    this.#kind = kind;
  }

  /** Path by which this process reaches the socket. */
  get socketPath(): string {
    return this.context.host.path(this.endpoint.path);
  }

  /** Whether a call was not answered by its deadline. */
  get leftUnanswered(): boolean {
    return this.#leftUnanswered;
  }

  /** The full deadline of a call, or what is left of the budget. */
  limits(atMostMs = this.context.options.callTimeoutMs): CallLimits {
    const left = this.context.deadline - MARGIN_MS - this.context.host.now();
    return { deadlineMs: Math.max(0, Math.min(atMostMs, left)), signal: this.context.signal };
  }

  /** What is left of the budget is too short for a call: that no answer came then would say nothing. */
  isOver(): boolean {
    const least = Math.min(LEAST_CALL_MS, this.context.options.callTimeoutMs);
    return this.context.signal.aborted || this.limits().deadlineMs < least;
  }

  /** Makes a call for each item, as {@link callEach}; returns those for which no time was left. */
  each<T>(items: readonly T[], call: (item: T) => Promise<void>): Promise<readonly T[]> {
    return callEach(items, { ...EACH, stop: () => this.isOver() }, call);
  }

  source(question: Question): SourceRecorder {
    return this.context.record.source(`${question.what} on ${this.url}`, question.command);
  }

  /** Asks, and writes down that it was asked and what became of it; where no time is left, that it was not. */
  async ask<T>(question: Question, send: (limits: CallLimits) => Promise<CallResult<T>>): Promise<CallResult<T>> {
    const source = this.source(question);
    if (this.isOver()) {
      observeGap(source, this.#kind, 'budget', `${this.url}: no time was left for ${question.what}`);
      source.end({ status: 'skipped' });
      return { outcome: 'error', code: 'ABORTED', message: 'not asked', tookMs: 0, deadlineMs: 0 };
    }
    const result = await send(this.limits());
    this.observeCall(source, question.call, result);
    source.end(sourceEndOf(result));
    return result;
  }

  /** Writes down what became of a call; `about` names what it was about besides the engine. */
  observeCall(source: SourceRecorder, call: CallName, result: CallResult<unknown>, ...about: EntityId[]): void {
    if (result.outcome === 'timeout') this.#leftUnanswered = true;
    source.observe(callFact(call, result), [this.engine, ...about]);
  }

  /** Names the engine and what was learnt of it; null stands for what it did not tell. */
  describe(source: SourceRecorder, details: EngineDetails): void {
    const { record } = this.context;
    const { foundBy } = this.endpoint;
    const name = `${details.name ?? this.#kind} at ${this.url}`;
    record.entity(this.engine, name, { kind: this.#kind, endpoint: this.url });
    const fact: FactOf<'engine'> = {
      type: 'engine',
      kind: this.#kind,
      endpoint: this.url,
      foundBy,
      name: null,
      version: null,
      apiVersion: null,
      rootDir: null,
      cgroupDriver: null,
      liveRestore: null,
      ...details,
    };
    source.observe(fact, [this.engine]);
  }
}

function callFact(call: CallName, result: CallResult<unknown>): FactOf<'call'> {
  const { outcome, tookMs, deadlineMs } = result;
  const failed = outcome === 'ok' ? { code: null, message: null } : result;
  return {
    type: 'call',
    call,
    outcome,
    tookMs: Math.round(tookMs),
    deadlineMs: Math.round(deadlineMs),
    errorCode: failed.code,
    error: failed.message,
  };
}

export function sourceEndOf(result: CallResult<unknown>): Parameters<SourceRecorder['end']>[0] {
  if (result.outcome === 'ok') return { status: 'ok' };
  const error = `${result.code}: ${result.message}`;
  return { status: result.outcome === 'timeout' ? 'timeout' : 'failed', error };
}
