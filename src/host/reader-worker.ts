import type { ReaderJob } from './reader-job.ts';
import { ReaderLane } from './reader-lane.ts';
import type { ReaderReply } from './reader-protocol.ts';

export interface WorkerListener {
  /** The child answered: there is room for more requests. */
  onProgress(worker: ReaderWorker): void;
  /** The child is gone, killed or not. @param reason an errno name or `CRASHED` */
  onEnd(worker: ReaderWorker, reason: string): void;
}

/** A child with the requests sent to it. The first one unanswered is the one it is at work on. */
export class ReaderWorker {
  readonly #lane: ReaderLane;
  readonly #listener: WorkerListener;
  #sent: ReaderJob[] = [];
  #ready = false;
  readonly #started = Promise.withResolvers<void>();
  #headSince = performance.now();
  #killed = false;
  /** Its queue has moved on; it only finishes what it is at. */
  detached = false;
  /** Sent requests that were taken back: it would still do them, so it is not to be used again. */
  #disowned = false;
  inspecting = false;
  deadlinesMissed = 0;

  constructor(entry: string, listener: WorkerListener) {
    this.#listener = listener;
    this.#lane = new ReaderLane(entry, {
      onReady: () => {
        this.#ready = true;
        this.#started.resolve();
        this.#headSince = performance.now();
        this.#listener.onProgress(this);
      },
      onReplies: (replies) => this.#take(replies),
      onEnd: (reason) => {
        this.#started.resolve();
        this.#listener.onEnd(this, reason);
      },
    });
  }

  get pid(): number {
    return this.#lane.pid;
  }

  /** Resolves when it is ready, or gone. */
  get started(): Promise<void> {
    return this.#started.promise;
  }

  get ready(): boolean {
    return this.#ready;
  }

  /** Still a process as far as we know. */
  get alive(): boolean {
    return !this.#lane.ended;
  }

  get killed(): boolean {
    return this.#killed;
  }

  get load(): number {
    return this.#sent.length;
  }

  get reusable(): boolean {
    return !(this.#killed || this.#disowned || this.inspecting);
  }

  get head(): ReaderJob | undefined {
    return this.#sent[0];
  }

  /** How long it has been at its first unanswered request, or at starting. */
  waitedMs(): number {
    return this.load > 0 || !this.#ready ? performance.now() - this.#headSince : 0;
  }

  send(jobs: readonly ReaderJob[]): void {
    if (this.load === 0 && this.#ready) this.#headSince = performance.now();
    this.#sent.push(...jobs);
    this.#lane.send(jobs.map((job) => job.request));
  }

  /** Takes back what was sent and is not begun. */
  disownRest(): ReaderJob[] {
    const rest = this.#sent.slice(1);
    this.#sent = this.#sent.slice(0, 1);
    if (rest.length > 0) this.#disowned = true;
    return rest;
  }

  takeAll(): ReaderJob[] {
    const all = this.#sent;
    this.#sent = [];
    return all;
  }

  kill(): void {
    if (this.#killed) return;
    this.#killed = true;
    this.#lane.kill();
  }

  #take(replies: readonly ReaderReply[]): void {
    let taken = 0;
    for (const reply of replies) {
      const job = this.#sent[taken];
      // Answers to requests that were taken back have no job any more.
      if (job?.request.id !== reply.id) continue;
      taken += 1;
      job.answer(reply);
    }
    this.#sent.splice(0, taken);
    this.#headSince = performance.now();
    this.deadlinesMissed = 0;
    this.#listener.onProgress(this);
  }
}
