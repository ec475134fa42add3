import { Worker } from 'node:worker_threads';
import type { ChunkFindings } from './chunk.ts';
import { type ChunkScanner, ReadError } from './chunk-scanners.ts';
import type { FileChunk } from './file-chunk.ts';
import type { Sought } from './make-kernel.ts';
import type { WorkerQuestion, WorkerReply, WorkerSetting } from './worker-protocol.ts';

/** A thread has so many chunks before it, so that it need not wait for this one. */
const AHEAD = 3;

/** Lines of a chunk that need more are copied. Only what is used of it takes memory. */
const ROOM = 2 << 20;

/** Scans in threads of its own. Must be closed. */
export class WorkerPool implements ChunkScanner {
  readonly depth: number;
  readonly #threads: readonly Thread[];
  #asked = 0;

  constructor(entry: URL, threads: number, sought: Sought) {
    this.depth = threads * AHEAD;
    const rooms = Array.from({ length: this.depth }, () => new SharedArrayBuffer(ROOM));
    this.#threads = Array.from({ length: threads }, () => new Thread(entry, { sought, rooms }));
  }

  scan(chunk: FileChunk): Promise<ChunkFindings> {
    const free = this.#threads.reduce((a, b) => (b.waiting < a.waiting ? b : a));
    // Whoever asks has done with the answer that had this room before: no more than `depth` are asked for at once.
    const room = this.#asked % this.depth;
    this.#asked += 1;
    return free.ask({ chunk, room });
  }

  /** Does not wait: a thread may hang in a read. */
  close(): void {
    for (const thread of this.#threads) thread.close();
  }
}

interface Asked {
  readonly resolve: (findings: ChunkFindings) => void;
  readonly reject: (error: Error) => void;
}

class Thread {
  readonly #worker: Worker;
  /** Answers come in the order of the questions. */
  #asked: Asked[] = [];
  #dead: Error | null = null;

  constructor(entry: URL, setting: WorkerSetting) {
    this.#worker = new Worker(entry, { workerData: setting });
    this.#worker.on('message', (reply: WorkerReply) => this.#answer(reply));
    this.#worker.on('error', (error: Error) => this.#die(error));
    this.#worker.on('exit', () => this.#die(new Error('a thread of the scanner ended')));
    this.#worker.unref();
  }

  get waiting(): number {
    return this.#asked.length;
  }

  ask(question: WorkerQuestion): Promise<ChunkFindings> {
    return new Promise((resolve, reject) => {
      if (this.#dead !== null) {
        reject(this.#dead);
        return;
      }
      this.#worker.ref();
      this.#asked.push({ resolve, reject });
      this.#worker.postMessage(question);
    });
  }

  close(): void {
    this.#worker.unref();
    void this.#worker.terminate();
  }

  #answer(reply: WorkerReply): void {
    const asked = this.#asked.shift();
    if (this.#asked.length === 0) this.#worker.unref();
    if ('findings' in reply) asked?.resolve(reply.findings);
    else asked?.reject(new ReadError(reply.error));
  }

  #die(error: Error): void {
    this.#dead ??= error;
    const asked = this.#asked;
    this.#asked = [];
    for (const { reject } of asked) reject(error);
  }
}
