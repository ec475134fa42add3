import { setTimeout as delay } from 'node:timers/promises';
import { ChildlessReader } from './childless-reader.ts';
import { errorCode } from './error-code.ts';
import type { Read, ReadOptions, StuckReadReport, UnreadReport } from './host.ts';
import { ReaderJob } from './reader-job.ts';
import type { ReaderLimits } from './reader-limits.ts';
import type { ReaderOperation, ReaderValue } from './reader-protocol.ts';
import { ReaderQueue } from './reader-queue.ts';
import type { ReaderWorker, WorkerListener } from './reader-worker.ts';
import { StuckPaths } from './stuck-paths.ts';

const TICK_MS = 20;
const MAX_FAILED_STARTS = 5;
/** How long to do without a child before the next try. */
const CHILDLESS_MS = 500;

export interface ReaderPoolOptions {
  /** Starts a child. @throws an errno where the kernel gives none */
  readonly startWorker: (listener: WorkerListener) => ReaderWorker;
  /** What may be done in this process where no child can be started. */
  readonly isHarmless: (operation: ReaderOperation) => boolean;
  readonly limits: ReaderLimits;
}

/**
 * Does operations in order in one child, and in more only while one is slow: what waits behind a slow operation moves
 * on to a fresh child. An operation that misses its deadline is recorded with the state of the child that hangs in it,
 * and the child is killed and left behind.
 */
export class ReaderPool {
  readonly #startChild: ReaderPoolOptions['startWorker'];
  readonly #childless: ChildlessReader;
  readonly #limits: ReaderLimits;
  readonly #stuckPaths = new StuckPaths();
  readonly #reports: StuckReadReport[] = [];
  /** In slow operations, or killed and not yet gone. */
  readonly #left = new Set<ReaderWorker>();
  readonly #queue = new ReaderQueue();
  #current: ReaderWorker | null = null;
  #failedStarts = 0;
  /** No child can be started now: why, and when to try again. */
  #childlessness: { readonly reason: string; readonly until: number } | null = null;
  #pumping = false;
  #closed = false;
  #watch: NodeJS.Timeout | null = null;

  constructor({ startWorker, isHarmless, limits }: ReaderPoolOptions) {
    this.#startChild = startWorker;
    this.#childless = new ChildlessReader(isHarmless);
    this.#limits = limits;
  }

  submit(operation: ReaderOperation, options?: ReadOptions): Promise<Read<ReaderValue>> {
    const job = new ReaderJob(operation, options);
    if (this.#closed || this.#exhausted()) job.fail('SKIPPED', 0);
    else if (this.#stuckPaths.holds(operation)) job.fail('STUCK', 0);
    else {
      this.#queue.push(job);
      this.#schedule();
    }
    return job.result;
  }

  stuck(): readonly StuckReadReport[] {
    return [...this.#reports];
  }

  unread(): readonly UnreadReport[] {
    return this.#childless.unread();
  }

  close(): void {
    this.#closed = true;
    for (const worker of [this.#current, ...this.#left]) {
      for (const job of worker?.takeAll() ?? []) job.fail('SKIPPED', 0);
      worker?.kill();
    }
    this.#current = null;
    this.#skipQueue();
    this.#childless.close();
    this.#watchWhileBusy();
  }

  #exhausted(): boolean {
    const abandoned = [...this.#left].filter((worker) => worker.killed && worker.alive).length;
    return abandoned >= this.#limits.maxAbandoned || this.#reports.length >= this.#limits.maxStuck;
  }

  #skipQueue(): void {
    for (const job of this.#queue.remove()) job.fail('SKIPPED', 0);
  }

  /** Requests of one turn of the event loop go out in one write. */
  #schedule(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    queueMicrotask(() => {
      this.#pumping = false;
      this.#pump();
    });
  }

  #pump(): void {
    if (this.#queue.length > 0 && !this.#closed) {
      this.#current ??= this.#startWorker();
      const room = this.#limits.window - (this.#current?.load ?? this.#limits.window);
      if (room > this.#limits.window / 2) this.#current?.send(this.#takeFromQueue(room));
    }
    this.#watchWhileBusy();
  }

  /** The next jobs, less those that would go where a child hangs at this moment: they wait for its outcome. */
  #takeFromQueue(count: number): ReaderJob[] {
    const slow = new StuckPaths();
    for (const { head } of this.#left) if (head) slow.add(head.request);
    return this.#queue.take(count, (job) => !slow.holds(job.request));
  }

  /** What was asked before an operation got stuck must not follow it there. */
  #putBack(jobs: readonly ReaderJob[]): void {
    this.#queue.putFirst(jobs);
    if (this.#reports.length === 0) return;
    for (const job of this.#queue.remove(({ request }) => this.#stuckPaths.holds(request))) job.fail('STUCK', 0);
  }

  #startWorker(): ReaderWorker | null {
    if (this.#childlessness !== null && performance.now() < this.#childlessness.until) {
      this.#childless.take(this.#queue.remove(), this.#childlessness.reason);
      return null;
    }
    // One more than the limit: the last one tells the state of those that hang.
    if (this.#left.size > this.#limits.maxAbandoned) return null;
    try {
      return this.#startChild({
        onProgress: (worker) => this.#onProgress(worker),
        onEnd: (worker, reason) => this.#onEnd(worker, reason),
      });
    } catch (error) {
      // spawn throws some errors (ENOMEM) and reports others (EAGAIN).
      this.#retryStart([], errorCode(error));
      return null;
    }
  }

  #onProgress(worker: ReaderWorker): void {
    this.#failedStarts = 0;
    this.#childlessness = null;
    if (worker.detached && worker.load === 0) {
      this.#left.delete(worker);
      worker.detached = false;
      if (this.#current === null && worker.reusable) this.#current = worker;
      else worker.kill();
    }
    this.#pump();
  }

  #onEnd(worker: ReaderWorker, reason: string): void {
    this.#left.delete(worker);
    if (this.#current === worker) this.#current = null;
    const [head, ...rest] = worker.takeAll();
    if (worker.ready) {
      head?.fail(reason, worker.waitedMs());
      this.#putBack(rest);
      this.#pump();
    } else if (head) this.#retryStart([head, ...rest], reason);
  }

  /**
   * A child that could not be started (no pids or memory left) says nothing of the requests: tried again next tick. After
   * some tries the queue is done without a child, as far as that is safe.
   */
  #retryStart(jobs: readonly ReaderJob[], reason: string): void {
    this.#failedStarts += 1;
    this.#queue.putFirst(jobs);
    if (this.#failedStarts >= MAX_FAILED_STARTS) {
      this.#childlessness = { reason, until: performance.now() + CHILDLESS_MS };
      this.#childless.take(this.#queue.remove(), reason);
    }
    this.#watchWhileBusy();
  }

  #watchWhileBusy(): void {
    const busy = this.#queue.length > 0 || (this.#current?.load ?? 0) > 0 || [...this.#left].some((w) => w.load > 0);
    if (!busy) {
      if (this.#watch) clearInterval(this.#watch);
      this.#watch = null;
    } else {
      // Answers that arrived while this process was itself busy must be taken in before anything is judged late:
      // immediates run after the event loop has polled for them.
      this.#watch ??= setInterval(() => setImmediate(() => this.#check()), TICK_MS);
    }
  }

  #check(): void {
    if (this.#closed) return;
    const current = this.#current;
    if (current) this.#checkCurrent(current);
    for (const worker of this.#left) if (worker.load > 0) this.#checkDeadline(worker);
    this.#pump();
  }

  #checkCurrent(worker: ReaderWorker): void {
    const waited = worker.waitedMs();
    if (!worker.ready) {
      if (waited >= this.#limits.bootMs) this.#giveUpStart(worker);
      return;
    }
    if (worker.load > 0 && waited >= this.#limits.slowMs) {
      worker.detached = true;
      this.#left.add(worker);
      this.#putBack(worker.disownRest());
      // Started even if nothing waits: it will be asked for the state of the slow one.
      this.#current = this.#startWorker();
    }
  }

  #giveUpStart(worker: ReaderWorker): void {
    this.#current = null;
    this.#retryStart(worker.takeAll(), 'SKIPPED');
    // Starting takes seconds here: what needs no child is not kept waiting for the next.
    this.#childless.take(
      this.#queue.remove((job) => this.#childless.isHarmless(job)),
      'SKIPPED',
    );
    worker.kill();
  }

  #checkDeadline(worker: ReaderWorker): void {
    const deadline = this.#limits.deadlineMs * (worker.deadlinesMissed + 1);
    if (worker.inspecting || worker.waitedMs() < deadline) return;
    worker.inspecting = true;
    void this.#judge(worker);
  }

  async #judge(worker: ReaderWorker): Promise<void> {
    const { head } = worker;
    const { state, wchan } = await this.#inspect(worker.pid);
    worker.inspecting = false;
    if (this.#closed || head === undefined || worker.head !== head) return;
    worker.deadlinesMissed += 1;
    if (state === 'R' && worker.deadlinesMissed < this.#limits.starvedDeadlines) return;
    this.#abandon(worker, head, state, wchan);
  }

  #abandon(worker: ReaderWorker, head: ReaderJob, childState: string | null, childWchan: string | null): void {
    const waitedMs = Math.round(worker.waitedMs());
    const { request } = head;
    const path = request.op === 'run' ? request.argv.join(' ') : request.path;
    this.#reports.push({ operation: request.op, path, waitedMs, childPid: worker.pid, childState, childWchan });
    this.#stuckPaths.add(request);
    worker.takeAll();
    worker.kill();
    head.fail('STUCK', waitedMs);
    this.#putBack([]);
    if (this.#exhausted()) this.#skipQueue();
    this.#pump();
  }

  /** On a loaded host the child that is to look may itself still be starting. */
  async #tooLate(): Promise<null> {
    await Promise.race([this.#current?.started, delay(this.#limits.bootMs / 2, null, { ref: false })]);
    return delay(this.#limits.inspectMs, null, { ref: false });
  }

  /** What a hanging child is at, by another child's eyes: it is our own, so our own /proc has it. */
  async #inspect(pid: number): Promise<{ state: string | null; wchan: string | null }> {
    const stat = new ReaderJob({ op: 'read', path: `/proc/${pid}/stat`, maxBytes: 512 });
    const wchan = new ReaderJob({ op: 'read', path: `/proc/${pid}/wchan`, maxBytes: 128 });
    this.#queue.putFirst([stat, wchan]);
    this.#pump();
    const seen = await Promise.race([Promise.all([stat.result, wchan.result]), this.#tooLate()]);
    const [statText, wchanText] = (seen ?? []).map((read) =>
      read.ok && typeof read.value === 'string' ? read.value : '',
    );
    return {
      state: /\) (\S)/.exec(statText ?? '')?.[1] ?? null,
      wchan: wchanText === undefined || wchanText === '' || wchanText === '0' ? null : wchanText,
    };
  }
}
