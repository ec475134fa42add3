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
  readonly #instead: () => ChunkScanner;
  #asked = 0;

  /** @param instead what scans where a thread does not start, or ends: on a sick machine that is to be reckoned with */
  constructor(entry: URL, threads: number, sought: Sought, instead: () => ChunkScanner) {
    this.#instead = instead;
    this.depth = threads * AHEAD;
    const rooms = Array.from({ length: this.depth }, () => new SharedArrayBuffer(ROOM));
    this.#threads = Array.from({ length: threads }, () => new Thread(entry, { sought, rooms }));
  }

  async scan(chunk: FileChunk): Promise<ChunkFindings> {
    const free = this.#threads.reduce((a, b) => (b.waiting < a.waiting ? b : a));
    // Whoever asks has done with the answer that had this room before: no more than `depth` are asked for at once.
    const room = this.#asked % this.depth;
    this.#asked += 1;
    try {
      return await free.ask({ chunk, room });
    } catch (error) {
      if (error instanceof ReadError) throw error;
      return this.#instead().scan(chunk);
    }
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
  /** Null where it could not be started: where PIDs are used up, that is thrown at once. */
  readonly #worker: Worker | null;
  /** Answers come in the order of the questions. */
  #asked: Asked[] = [];
  #dead: Error | null = null;

  constructor(entry: URL, setting: WorkerSetting) {
    this.#worker = this.#start(entry, setting);
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
      this.#worker?.ref();
      this.#asked.push({ resolve, reject });
      this.#worker?.postMessage(question);
    });
  }

  close(): void {
    this.#worker?.unref();
    void this.#worker?.terminate();
  }

  #start(entry: URL, setting: WorkerSetting): Worker | null {
    try {
      const worker = new Worker(entry, { workerData: setting });
      worker.on('message', (reply: WorkerReply) => this.#answer(reply));
      worker.on('error', (error: Error) => this.#die(error));
      worker.on('exit', () => this.#die(new Error('a thread of the scanner ended')));
      worker.unref();
      return worker;
    } catch (error) {
      this.#die(error instanceof Error ? error : new Error(String(error)));
      return null;
    }
  }

  #answer(reply: WorkerReply): void {
    const asked = this.#asked.shift();
    if (this.#asked.length === 0) this.#worker?.unref();
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
