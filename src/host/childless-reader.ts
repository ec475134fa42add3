import { errorCode } from './error-code.ts';
import type { UnreadReport } from './host.ts';
import type { ReaderJob } from './reader-job.ts';
import { perform } from './reader-operations.ts';
import type { ReaderOperation } from './reader-protocol.ts';

/** Done in one turn of the event loop: deadlines and calls to runtimes are served in between. */
const AT_ONCE = 64;

/**
 * What is done where no child can be started, as on a host without free pids: operations that cannot hang are done in
 * this very process, the others are refused and counted.
 */
export class ChildlessReader {
  readonly #isHarmless: (operation: ReaderOperation) => boolean;
  readonly #unread: UnreadReport[] = [];
  #waiting: ReaderJob[] = [];
  #scheduled = false;

  constructor(isHarmless: (operation: ReaderOperation) => boolean) {
    this.#isHarmless = isHarmless;
  }

  isHarmless(job: ReaderJob): boolean {
    return this.#isHarmless(job.request);
  }

  /** Settles every job, sooner or later. @param error why there is no child */
  take(jobs: readonly ReaderJob[], error: string): void {
    for (const job of jobs) {
      if (this.isHarmless(job)) this.#waiting.push(job);
      else {
        const { request } = job;
        this.#unread.push({
          operation: request.op,
          path: request.op === 'run' ? request.argv[0] : request.path,
          error,
        });
        job.fail(error, 0);
      }
    }
    this.#schedule();
  }

  /** Operations that were refused so far. */
  unread(): readonly UnreadReport[] {
    return [...this.#unread];
  }

  close(): void {
    for (const job of this.#waiting) job.fail('SKIPPED', 0);
    this.#waiting = [];
  }

  #schedule(): void {
    if (this.#scheduled || this.#waiting.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      for (const job of this.#waiting.splice(0, AT_ONCE)) readNow(job);
      this.#schedule();
    });
  }
}

function readNow(job: ReaderJob): void {
  const startedAt = performance.now();
  const { id } = job.request;
  try {
    const value = perform(job.request);
    job.answer({ id, tookMs: performance.now() - startedAt, value });
  } catch (error) {
    job.answer({ id, tookMs: performance.now() - startedAt, error: errorCode(error) });
  }
}
