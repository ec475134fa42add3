import type { ScanProgress } from '../scan-contract.ts';

const EVERY_MS = 100;

/** Tells the progress, ten times a second at most. */
export class ProgressMeter {
  readonly #total: number | null;
  readonly #tell: (progress: ScanProgress) => void;
  readonly #now: () => number;
  readonly #startedAt: number;
  #toldAt: number;
  #bytes = 0;

  constructor(total: number | null, tell: (progress: ScanProgress) => void, now: () => number) {
    this.#total = total;
    this.#tell = tell;
    this.#now = now;
    this.#startedAt = now();
    this.#toldAt = this.#startedAt;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#now() - this.#toldAt >= EVERY_MS) this.tell();
  }

  tell(): void {
    this.#toldAt = this.#now();
    const seconds = (this.#toldAt - this.#startedAt) / 1000;
    const rate = seconds > 0 ? this.#bytes / seconds : 0;
    const left = this.#total === null || rate === 0 ? null : Math.max(0, this.#total - this.#bytes) / rate;
    this.#tell({ bytes: this.#bytes, total: this.#total, rate, secondsLeft: left });
  }
}
