import type { Kernel } from './kernel.ts';
import type { Piece } from './pieces.ts';

/** Of a row: offset from the chunk's begin, length, newlines before it, how many literals, 1 where its line is cut. */
export const ROW = 5;

const FIRST_ROWS = 1024;

/** Lines of a chunk, one after the other, in one buffer. */
export interface ToldLines {
  /** {@link ROW} numbers each. */
  readonly rows: Uint32Array;
  /** The literals of all of them. */
  readonly literals: Uint16Array;
  readonly text: Uint8Array;
}

/** Gathers lines of a chunk as plain numbers and bytes: there may be very many, and they are handed to another thread. */
export class Told {
  readonly #kernel: Kernel;
  readonly #from: number;
  #rows = new Uint32Array(FIRST_ROWS * ROW);
  #rowsEnd = 0;
  readonly #literals: number[] = [];
  #textLength = 0;

  /** Of a chunk that begins at `from` in the kernel's memory. */
  constructor(kernel: Kernel, from: number) {
    this.#kernel = kernel;
    this.#from = from;
  }

  /** A whole line; its hits are those from `firstHit` to `endHit` of the kernel's. */
  addLine(start: number, end: number, before: number, hits: Uint32Array, firstHit: number, endHit: number): void {
    const literals = this.#literals;
    const first = literals.length;
    for (let i = firstHit; i < endHit; i += 1) {
      const literal = hits[2 * i + 1] ?? 0;
      if (!literals.includes(literal, first)) literals.push(literal);
    }
    this.#addRow(start, end, before, literals.length - first, 0);
  }

  addPiece({ start, end, literals, cut }: Piece, before: number): void {
    for (const literal of literals) this.#literals.push(literal);
    this.#addRow(start, end, before, literals.length, cut ? 1 : 0);
  }

  /** All of it, in `room` where there is enough, else in memory of its own. */
  end(room: ArrayBufferLike | null): ToldLines {
    const literalBytes = 2 * this.#literals.length;
    const size = 4 * this.#rowsEnd + literalBytes + this.#textLength;
    const buffer = room !== null && room.byteLength >= size ? room : new ArrayBuffer(size);
    const rows = new Uint32Array(buffer, 0, this.#rowsEnd);
    rows.set(this.#rows.subarray(0, this.#rowsEnd));
    const literals = new Uint16Array(buffer, rows.byteLength, this.#literals.length);
    literals.set(this.#literals);
    const text = new Uint8Array(buffer, rows.byteLength + literalBytes, this.#textLength);
    text.set(this.#kernel.memory.subarray(this.#kernel.spare, this.#kernel.spare + this.#textLength));
    return { rows, literals, text };
  }

  #addRow(start: number, end: number, before: number, literals: number, cut: number): void {
    const at = this.#rowsEnd;
    if (at === this.#rows.length) {
      const more = new Uint32Array(2 * at);
      more.set(this.#rows);
      this.#rows = more;
    }
    this.#rows[at] = start - this.#from;
    this.#rows[at + 1] = end - start;
    this.#rows[at + 2] = before;
    this.#rows[at + 3] = literals;
    this.#rows[at + 4] = cut;
    this.#rowsEnd = at + ROW;
    // Within one array: a view of each line would take longer than its copy.
    this.#kernel.memory.copyWithin(this.#kernel.spare + this.#textLength, start, end);
    this.#textLength += end - start;
  }
}
