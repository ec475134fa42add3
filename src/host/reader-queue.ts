import type { ReaderJob } from './reader-job.ts';

/** One of so many requests sent to a child may be a bulk read. */
const BULK_PART = 4;

/**
 * What waits for a child, in two classes. Bulk reads come by the ten thousand and each tells little; they get a part of
 * every batch and no more, so that they neither hold up the others nor starve.
 */
export class ReaderQueue {
  #normal: ReaderJob[] = [];
  #bulk: ReaderJob[] = [];

  get length(): number {
    return this.#normal.length + this.#bulk.length;
  }

  push(job: ReaderJob): void {
    (job.bulk ? this.#bulk : this.#normal).push(job);
  }

  /** Puts jobs before all others of their class. */
  putFirst(jobs: readonly ReaderJob[]): void {
    this.#normal = [...jobs.filter((job) => !job.bulk), ...this.#normal];
    this.#bulk = [...jobs.filter((job) => job.bulk), ...this.#bulk];
  }

  /** The next jobs that may go, in order; those that may not keep their places. */
  take(count: number, mayGo: (job: ReaderJob) => boolean = () => true): ReaderJob[] {
    const forBulk = this.#bulk.length === 0 ? 0 : Math.max(Math.floor(count / BULK_PART), 1);
    const [normal, normalLeft] = split(this.#normal, count - forBulk, mayGo);
    const [bulk, bulkLeft] = split(this.#bulk, forBulk, mayGo);
    this.#normal = normalLeft;
    this.#bulk = bulkLeft;
    return [...normal, ...bulk];
  }

  /** Takes out all that a test holds for. */
  remove(test: (job: ReaderJob) => boolean = () => true): ReaderJob[] {
    const all = [...this.#normal, ...this.#bulk];
    const removed = all.filter(test);
    if (removed.length === 0) return removed;
    const gone = new Set(removed);
    this.#normal = this.#normal.filter((job) => !gone.has(job));
    this.#bulk = this.#bulk.filter((job) => !gone.has(job));
    return removed;
  }
}

function split(
  jobs: readonly ReaderJob[],
  count: number,
  mayGo: (job: ReaderJob) => boolean,
): [ReaderJob[], ReaderJob[]] {
  const taken: ReaderJob[] = [];
  const heldBack: ReaderJob[] = [];
  let at = 0;
  for (; at < jobs.length && taken.length < count; at += 1) {
    const job = jobs[at];
    if (job) (mayGo(job) ? taken : heldBack).push(job);
  }
  return [taken, [...heldBack, ...jobs.slice(at)]];
}
