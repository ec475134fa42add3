import type { Kernel, KernelRun, Region } from './kernel.ts';
import { type Hit, LONGEST_LINE, piecesOf } from './pieces.ts';
import { Told, type ToldLines } from './told.ts';

/** What a chunk of a text holds: the lines told are those that lie in it whole. All offsets are from its begin. */
export interface ChunkFindings extends ToldLines {
  readonly length: number;
  readonly newlines: number;
  /** -1 where there is none. */
  readonly firstNewline: number;
  readonly lastNewline: number;
  /** Hits up to the first newline: the line they are in may have begun before the chunk. Starts may be below 0. */
  readonly head: readonly Hit[];
  /** Hits after the last newline: their line goes on. */
  readonly tail: readonly Hit[];
}

/** A line in the kernel's memory. */
interface Line {
  readonly start: number;
  readonly end: number;
  /** Newlines between the chunk's begin and it. */
  readonly before: number;
  readonly hits: Hit[];
}

/**
 * Scans a chunk that lies in the kernel's memory. Its first whole line is told even where it holds no literal.
 * @param room where the lines are put, if there is enough of it
 */
export function scanChunk(kernel: Kernel, region: Region, room: ArrayBufferLike | null = null): ChunkFindings {
  return new ChunkScan(kernel, region).findings(room);
}

class ChunkScan {
  readonly #kernel: Kernel;
  readonly #region: Region;
  /** In the kernel's memory; `to` where there is none. */
  readonly #firstNewline: number;
  readonly #told: Told;
  #head: Hit[] = [];
  #tail: Hit[] = [];
  /** Told unless it is found to hold a literal. */
  #mark: Line | null;
  /** May have more hits. */
  #current: Line | null = null;

  constructor(kernel: Kernel, region: Region) {
    this.#kernel = kernel;
    this.#region = region;
    this.#told = new Told(kernel, region.from);
    this.#firstNewline = kernel.endOfLine(region.from, region.to);
    const start = this.#firstNewline + 1;
    const end = kernel.endOfLine(start, region.to);
    this.#mark = end < region.to ? { start, end, before: 1, hits: [] } : null;
  }

  findings(room: ArrayBufferLike | null): ChunkFindings {
    const { from, to } = this.#region;
    const newlines = this.#scan();
    this.#close();
    this.#addMark();
    const hasNewline = this.#firstNewline < to;
    return {
      length: to - from,
      newlines,
      firstNewline: hasNewline ? this.#firstNewline - from : -1,
      lastNewline: hasNewline ? this.#kernel.startOfLine(to, from) - 1 - from : -1,
      head: this.#head,
      tail: this.#tail,
      ...this.#told.end(room),
    };
  }

  #scan(): number {
    this.#kernel.begin(this.#region);
    for (let at = this.#region.from; ; ) {
      const run = this.#kernel.scan(at);
      this.#take(run);
      if (run.at >= this.#region.to) return run.newlines;
      at = run.at;
    }
  }

  /** The first hits may be of a line that the run before found, and the last line's may go on in the next. */
  #take({ rows: count, hits: total }: KernelRun): void {
    const { rows } = this.#kernel;
    this.#takeHits(0, count === 0 ? total : (rows[3] ?? 0));
    for (let row = 0; row < count; row += 1) this.#takeRow(4 * row, row + 1 < count ? null : total);
  }

  /** `total`: of the hits, where it is the run's last row. */
  #takeRow(i: number, total: number | null): void {
    const { rows, hits } = this.#kernel;
    const start = rows[i] ?? 0;
    const end = rows[i + 1] ?? 0;
    const before = rows[i + 2] ?? 0;
    const firstHit = rows[i + 3] ?? 0;
    const endHit = total ?? rows[i + 7] ?? 0;
    this.#close();
    if (total === null && this.#isPlain(start, end)) {
      this.#beforeLine(start);
      this.#told.addLine(start, end, before, hits, firstHit, endHit);
      return;
    }
    this.#current = { start, end, before, hits: [] };
    this.#takeHits(firstHit, endHit);
  }

  /** Lies in the chunk whole, and is short. */
  #isPlain(start: number, end: number): boolean {
    return start > this.#region.from && end < this.#region.to && end - start <= LONGEST_LINE;
  }

  #takeHits(from: number, to: number): void {
    const { hits } = this.#kernel;
    for (let i = from; i < to; i += 1)
      this.#current?.hits.push({ start: hits[2 * i] ?? 0, literal: hits[2 * i + 1] ?? 0 });
  }

  #close(): void {
    const line = this.#current;
    this.#current = null;
    if (line === null) return;
    if (line.start === this.#region.from) this.#head = this.#fromBegin(line.hits);
    else if (line.end === this.#region.to) this.#tail = this.#fromBegin(line.hits);
    else {
      this.#beforeLine(line.start);
      for (const piece of piecesOf(line.start, line.end, line.hits)) this.#told.addPiece(piece, line.before);
    }
  }

  #fromBegin(hits: readonly Hit[]): Hit[] {
    return hits.map(({ start, literal }) => ({ start: start - this.#region.from, literal }));
  }

  #beforeLine(start: number): void {
    if (start === this.#mark?.start) this.#mark = null;
    this.#addMark();
  }

  #addMark(): void {
    const mark = this.#mark;
    this.#mark = null;
    if (mark === null) return;
    // A long one is of no use: it is told for the time that it begins with.
    for (const piece of piecesOf(mark.start, mark.end, [])) this.#told.addPiece(piece, mark.before);
  }
}
