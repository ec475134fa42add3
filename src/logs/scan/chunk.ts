import type { Kernel, KernelRun, Region } from './kernel.ts';
import { type Hit, type Piece, piecesOf } from './pieces.ts';

/** What a chunk of a text holds. All offsets are from the chunk's begin. Plain data, which a worker hands over. */
export interface ChunkFindings {
  readonly length: number;
  readonly newlines: number;
  /** -1 where there is none. */
  readonly firstNewline: number;
  readonly lastNewline: number;
  /** Hits up to the first newline: the line they are in may have begun before the chunk. Starts may be below 0. */
  readonly head: readonly Hit[];
  /** Hits after the last newline: their line goes on. */
  readonly tail: readonly Hit[];
  /** Lines that lie in the chunk whole: {@link ROW} numbers each. */
  readonly rows: Uint32Array<ArrayBuffer>;
  /** The literals of all rows, one row after the other. */
  readonly literals: Uint16Array<ArrayBuffer>;
  /** The text of all rows, one row after the other. */
  readonly text: Uint8Array<ArrayBuffer>;
}

/** Of a row: offset, length, newlines before it, how many literals, 1 where it is a part of a longer line. */
export const ROW = 5;

/** A line in the kernel's memory. */
interface Line {
  readonly start: number;
  readonly end: number;
  /** Newlines between the chunk's begin and it. */
  readonly before: number;
  readonly hits: Hit[];
}

/** Scans a chunk that lies in the kernel's memory. Its first whole line is told even where it holds no literal. */
export function scanChunk(kernel: Kernel, region: Region): ChunkFindings {
  return new ChunkScan(kernel, region).findings();
}

class ChunkScan {
  readonly #kernel: Kernel;
  readonly #region: Region;
  /** In the kernel's memory; `to` where there is none. */
  readonly #firstNewline: number;
  #head: Hit[] = [];
  #tail: Hit[] = [];
  readonly #rows: number[] = [];
  readonly #literals: number[] = [];
  /** Told unless it is found to hold a literal. */
  #mark: Line | null;
  /** May have more hits. */
  #current: Line | null = null;

  constructor(kernel: Kernel, region: Region) {
    this.#kernel = kernel;
    this.#region = region;
    this.#firstNewline = kernel.endOfLine(region.from, region.to);
    const start = this.#firstNewline + 1;
    const end = kernel.endOfLine(start, region.to);
    this.#mark = end < region.to ? { start, end, before: 1, hits: [] } : null;
  }

  findings(): ChunkFindings {
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
      rows: Uint32Array.from(this.#rows),
      literals: Uint16Array.from(this.#literals),
      text: this.#text(),
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

  /** The first hits may be of a line that the run before found. */
  #take({ rows: count, hits: total }: KernelRun): void {
    const { rows } = this.#kernel;
    this.#takeHits(0, count === 0 ? total : (rows[3] ?? 0));
    for (let row = 0; row < count; row += 1) {
      const i = 4 * row;
      this.#close();
      this.#current = { start: rows[i] ?? 0, end: rows[i + 1] ?? 0, before: rows[i + 2] ?? 0, hits: [] };
      this.#takeHits(rows[i + 3] ?? 0, row + 1 === count ? total : (rows[i + 7] ?? 0));
    }
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
    else this.#add(line);
  }

  #fromBegin(hits: readonly Hit[]): Hit[] {
    return hits.map(({ start, literal }) => ({ start: start - this.#region.from, literal }));
  }

  #add(line: Line): void {
    if (line.start === this.#mark?.start) this.#mark = null;
    this.#addMark();
    const pieces = piecesOf(line.start, line.end, line.hits);
    for (const piece of pieces) this.#addPiece(piece, line.before);
  }

  #addMark(): void {
    const mark = this.#mark;
    this.#mark = null;
    if (mark === null) return;
    // A long one is of no use: it is told for the time that it begins with.
    for (const piece of piecesOf(mark.start, mark.end, [])) this.#addPiece(piece, mark.before);
  }

  #addPiece({ start, end, literals, cut }: Piece, before: number): void {
    this.#rows.push(start - this.#region.from, end - start, before, literals.length, cut ? 1 : 0);
    this.#literals.push(...literals);
  }

  #text(): Uint8Array<ArrayBuffer> {
    const rows = this.#rows;
    let length = 0;
    for (let i = 1; i < rows.length; i += ROW) length += rows[i] ?? 0;
    const text = new Uint8Array(length);
    let at = 0;
    for (let i = 0; i < rows.length; i += ROW) {
      const start = this.#region.from + (rows[i] ?? 0);
      const end = start + (rows[i + 1] ?? 0);
      text.set(this.#kernel.memory.subarray(start, end), at);
      at += end - start;
    }
    return text;
  }
}
