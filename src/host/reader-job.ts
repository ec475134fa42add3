import type { Read, ReadOptions } from './host.ts';
import type { ReaderOperation, ReaderReply, ReaderRequest, ReaderValue } from './reader-protocol.ts';

/** One request on its way: it is settled exactly once, whatever becomes of the child. */
export class ReaderJob {
  static #next = 1;
  readonly request: ReaderRequest;
  readonly bulk: boolean;
  readonly result: Promise<Read<ReaderValue>>;
  readonly #resolve: (read: Read<ReaderValue>) => void;

  constructor(operation: ReaderOperation, { bulk = false }: ReadOptions = {}) {
    this.bulk = bulk;
    this.request = { ...operation, id: ReaderJob.#next };
    ReaderJob.#next += 1;
    const { promise, resolve } = Promise.withResolvers<Read<ReaderValue>>();
    this.result = promise;
    this.#resolve = resolve;
  }

  answer(reply: ReaderReply): void {
    const { tookMs } = reply;
    if ('error' in reply) this.#resolve({ ok: false, error: reply.error, tookMs });
    else this.#resolve({ ok: true, value: reply.value, tookMs });
  }

  fail(error: string, tookMs: number): void {
    this.#resolve({ ok: false, error, tookMs });
  }
}
