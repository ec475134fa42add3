import type { ChunkFindings } from './chunk.ts';
import { LineDecoder } from './decode.ts';
import { type Hit, LONGEST_LINE, PIECE_OVERLAP, type Piece, piecesOf } from './pieces.ts';
import { ROW } from './told.ts';

/** A line that was found, or a part of a line longer than {@link LONGEST_LINE}. */
export interface FoundLine {
  /** Without its line end, undecodable bytes replaced. */
  readonly text: string;
  /** Of its first byte, from 0. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** Numbers of the literals in it, in the order given to the scan. Empty: told only for the time it tells. */
  readonly literals: readonly number[];
  /** It is a part of a longer line. */
  readonly cut: boolean;
}

/** Bytes of the text between two offsets, as far as they are still there. Those of this chunk and the one before. */
export type ReadText = (from: number, to: number) => Uint8Array | Promise<Uint8Array>;

/** Puts together what the chunks of one text hold, chunk after chunk: lines go over their borders. */
export class LineAssembler {
  readonly #read: ReadText;
  readonly #found: (line: FoundLine) => void;
  /** Offset behind the last chunk. */
  #at = 0;
  #newlines = 0;
  /** The line that goes on. */
  #start = 0;
  #hits: Hit[] = [];

  constructor(read: ReadText, found: (line: FoundLine) => void) {
    this.#read = read;
    this.#found = found;
  }

  get bytes(): number {
    return this.#at;
  }

  /** A last line without a newline counts. */
  get lines(): number {
    return this.#newlines + (this.#at > this.#start ? 1 : 0);
  }

  async add(chunk: ChunkFindings): Promise<void> {
    const begin = this.#at;
    this.#at += chunk.length;
    for (const hit of chunk.head) this.#hits.push({ start: begin + hit.start, literal: hit.literal });
    if (chunk.firstNewline < 0) {
      await this.#tellWholeParts();
      return;
    }
    await this.#tell(begin + chunk.firstNewline, this.#hits);
    this.#tellRows(chunk, begin);
    this.#newlines += chunk.newlines;
    this.#start = begin + chunk.lastNewline + 1;
    this.#hits = chunk.tail.map((hit) => ({ start: begin + hit.start, literal: hit.literal }));
  }

  /** The text ends here. */
  async end(): Promise<void> {
    await this.#tell(this.#at, this.#hits);
    this.#hits = [];
  }

  /** Of a long line those parts that nothing can be found in any more: so that no line is too long to be held. */
  async #tellWholeParts(): Promise<void> {
    const parts = Math.floor((this.#at - PIECE_OVERLAP - this.#start) / LONGEST_LINE);
    const done = this.#start + parts * LONGEST_LINE;
    if (parts <= 0) return;
    await this.#tell(
      this.#at,
      this.#hits.filter((hit) => hit.start < done),
    );
    this.#hits = this.#hits.filter((hit) => hit.start >= done);
  }

  async #tell(end: number, hits: readonly Hit[]): Promise<void> {
    if (hits.length === 0) return;
    for (const piece of piecesOf(this.#start, end, hits)) await this.#tellPiece(piece);
  }

  async #tellPiece({ start, end, literals, cut }: Piece): Promise<void> {
    const bytes = await this.#read(start, end);
    const text = new LineDecoder(bytes).line(0, bytes.length);
    this.#found({ text, offset: start, line: this.#newlines + 1, literals, cut });
  }

  #tellRows({ rows, literals, text }: ChunkFindings, begin: number): void {
    const decoder = new LineDecoder(text);
    let at = 0;
    let next = 0;
    for (let i = 0; i < rows.length; i += ROW) {
      const length = rows[i + 1] ?? 0;
      const inLine: number[] = [];
      for (const end = next + (rows[i + 3] ?? 0); next < end; next += 1) inLine.push(literals[next] ?? 0);
      this.#found({
        text: decoder.line(at, at + length),
        offset: begin + (rows[i] ?? 0),
        line: this.#newlines + (rows[i + 2] ?? 0) + 1,
        literals: inLine,
        cut: rows[i + 4] === 1,
      });
      at += length;
    }
  }
}
