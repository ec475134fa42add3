import type { GramTable } from './gram-table.ts';
import { bitOf, gramAt, slotOfBit } from './grams.ts';
import { CHUNK, type Kernel, type KernelRun, type Region, SPARE_MORE } from './kernel.ts';

const NEWLINE = 10;
const MARGINS = 65_536;
/** As the WebAssembly kernel's. */
const ENOUGH_HITS = 16_384;
const MOST_HITS = 131_072;

/** The kernel where there is no WebAssembly with SIMD: grams only, in JavaScript, many times slower. */
export class ScriptKernel implements Kernel {
  readonly memory = new Uint8Array(3 * CHUNK + MARGINS + SPARE_MORE);
  readonly base = 0;
  readonly spare = 2 * CHUNK + MARGINS;
  readonly rows = new Uint32Array(4 * MOST_HITS);
  readonly hits = new Uint32Array(2 * MOST_HITS);
  readonly #table: GramTable;
  #region: Region = { from: 0, to: 0, first: 0, last: 0 };
  #hits = 0;
  #rows = 0;
  #lineEnd = 0;
  /** Newlines from the region's begin to here are counted. */
  #counted = 0;
  #newlines = 0;

  constructor(table: GramTable) {
    this.#table = table;
  }

  begin(region: Region): void {
    this.#region = region;
    this.#lineEnd = 0;
    this.#counted = region.from;
    this.#newlines = 0;
  }

  scan(start: number): KernelRun {
    const { memory } = this;
    const { stride, multiplier, bits } = this.#table;
    const end = Math.min(this.#region.to, this.#region.last - 3);
    this.#hits = 0;
    this.#rows = 0;
    let at = start;
    for (; at < end && this.#hits <= ENOUGH_HITS; at += stride) {
      const bit = bitOf(gramAt(memory, at), multiplier);
      if ((((bits[bit >>> 3] ?? 0) >>> (bit & 7)) & 1) === 1) this.#lookUp(at, slotOfBit(bit));
    }
    const done = at >= end;
    if (done) this.#countTo(this.#region.to);
    return { at: done ? this.#region.to : at, hits: this.#hits, rows: this.#rows, newlines: this.#newlines };
  }

  startOfLine(p: number, floor: number): number {
    let at = p;
    while (at > floor && this.memory[at - 1] !== NEWLINE) at -= 1;
    return at;
  }

  endOfLine(p: number, ceiling: number): number {
    const at = this.memory.indexOf(NEWLINE, p);
    return at < 0 ? ceiling : Math.min(at, ceiling);
  }

  #lookUp(p: number, slot: number): void {
    const { slots, entries, literals } = this.#table;
    const gram = gramAt(this.memory, p);
    for (const entry of entries.slice(slots[slot], slots[slot + 1])) {
      const bytes = literals[entry.literal];
      if (bytes !== undefined && entry.gram === gram && this.#stands(bytes, p - entry.offset))
        this.#record(p, p - entry.offset, entry.literal);
    }
  }

  #stands(literal: Uint8Array, start: number): boolean {
    const { first, last } = this.#region;
    if (start < first || start + literal.length > last) return false;
    return literal.every((byte, i) => byte === this.memory[start + i]);
  }

  #record(p: number, start: number, literal: number): void {
    const { from, to } = this.#region;
    if (p >= this.#lineEnd) {
      this.#lineEnd = this.endOfLine(p, to);
      this.#countTo(p);
      this.rows.set([this.startOfLine(p, from), this.#lineEnd, this.#newlines, this.#hits], 4 * this.#rows);
      this.#rows += 1;
    }
    this.hits.set([start, literal], 2 * this.#hits);
    this.#hits += 1;
  }

  #countTo(p: number): void {
    while (this.#counted < p) {
      const at = this.memory.indexOf(NEWLINE, this.#counted);
      if (at < 0 || at >= p) break;
      this.#newlines += 1;
      this.#counted = at + 1;
    }
    this.#counted = p;
  }
}
