import { availableParallelism } from 'node:os';
import { type ChunkScanner, LocalScanner } from './chunk-scanners.ts';
import type { Kernel } from './kernel.ts';
import { type KernelChoice, makeKernel, type Sought } from './make-kernel.ts';
import { findWorkerEntry } from './worker-entry.ts';
import { WorkerPool } from './worker-pool.ts';

/** How a scan is done; left out, the fastest way. */
export interface ScanSetting {
  /** 0: all in this thread. */
  readonly threads?: number;
  readonly kernel?: KernelChoice;
}

/** Smaller files are done before a thread has started. */
const WORTH_THREADS = 64 << 20;
/** Each takes some 15 MiB. */
const MOST_THREADS = 4;

/** Kernels of this thread, and other threads once a file is worth it. */
export class Scanners {
  readonly #sought: Sought;
  readonly #threads: number;
  readonly #smallest: number;
  readonly #idle: Kernel[] = [];
  #before: Promise<unknown> = Promise.resolve();
  #local: LocalScanner | null = null;
  #pool: WorkerPool | null = null;

  constructor(sought: Sought, threads: number | undefined) {
    this.#sought = sought;
    this.#threads = threads ?? Math.min(availableParallelism(), MOST_THREADS);
    this.#smallest = threads === undefined ? WORTH_THREADS : 0;
  }

  /** For one text at a time. Must be given back. */
  lend(): Kernel {
    return this.#idle.pop() ?? makeKernel(this.#sought);
  }

  giveBack(kernel: Kernel): void {
    this.#idle.push(kernel);
  }

  /** One file after the other: each is scanned with all there is. */
  inTurn<T>(size: number, work: (scanner: ChunkScanner) => Promise<T>): Promise<T> {
    const done = this.#before.then(() => work(this.#forFile(size)));
    this.#before = done.catch(() => undefined);
    return done;
  }

  #forFile(size: number): ChunkScanner {
    if (this.#threads === 0 || size < this.#smallest) return this.#here();
    const entry = this.#pool === null ? findWorkerEntry() : null;
    if (entry !== null) this.#pool = new WorkerPool(entry, this.#threads, this.#sought, () => this.#here());
    return this.#pool ?? this.#here();
  }

  #here(): ChunkScanner {
    this.#local ??= new LocalScanner(makeKernel(this.#sought));
    return this.#local;
  }

  /** None of what is there is used again: a read hangs, and may still write where it was told to. */
  abandon(): void {
    this.close();
    this.#local = null;
    this.#pool = null;
  }

  close(): void {
    this.#pool?.close();
  }
}
