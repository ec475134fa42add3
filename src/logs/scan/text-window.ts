import { type ChunkFindings, scanChunk } from './chunk.ts';
import { CHUNK, type Kernel, MARGIN } from './kernel.ts';

/** The text of a stream as it goes by, in the kernel's memory: the chunk before, this one, a little of the next. */
export class TextWindow {
  readonly #kernel: Kernel;
  /** Where the chunk begins in the kernel's memory. */
  readonly #from: number;
  #end: number;
  /** Bytes before the chunk that are there. */
  #before = 0;
  /** Offset of the chunk in the text. */
  #offset = 0;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#from = kernel.base + CHUNK;
    this.#end = this.#from;
  }

  /** Takes as much as there is room for, and answers how much that was. */
  put(bytes: Uint8Array): number {
    const n = Math.min(bytes.length, this.#from + CHUNK + MARGIN - this.#end);
    this.#kernel.memory.set(bytes.subarray(0, n), this.#end);
    this.#end += n;
    return n;
  }

  get full(): boolean {
    return this.#end === this.#from + CHUNK + MARGIN;
  }

  /** Also the last chunk, which may be short or empty. */
  scan(): ChunkFindings {
    const to = Math.min(this.#from + CHUNK, this.#end);
    return scanChunk(this.#kernel, { from: this.#from, to, first: this.#from - this.#before, last: this.#end });
  }

  /** Goes on to the next chunk. */
  advance(): void {
    const length = Math.min(CHUNK, this.#end - this.#from);
    const kept = Math.min(CHUNK, this.#before + length);
    this.#kernel.memory.copyWithin(this.#from - kept, this.#from + length - kept, this.#end);
    this.#offset += length;
    this.#before = kept;
    this.#end -= length;
  }

  /** What is still there of the text between two offsets; valid until {@link put} or {@link advance}. */
  read(from: number, to: number): Uint8Array {
    const at = (offset: number): number =>
      Math.min(this.#end, Math.max(this.#from - this.#before, this.#from + offset - this.#offset));
    return this.#kernel.memory.subarray(at(from), at(to));
  }
}
