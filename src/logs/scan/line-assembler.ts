import type { FoundIn } from '../scan-contract.ts';
import type { RawLine } from '../signature.ts';
import type { ChunkFindings } from './chunk.ts';
import { LineDecoder } from './decode.ts';
import { type Hit, LONGEST_LINE, PIECE_OVERLAP, type Piece, piecesOf } from './pieces.ts';
import { ROW } from './told.ts';

/** Told of a line, or of a part of a line longer than {@link LONGEST_LINE}. Without literals: only for its time. */
export type TellLine = (line: RawLine, found: FoundIn) => void;

/** Bytes of the text between two offsets, as far as they are still there. Those of this chunk and the one before. */
export type ReadText = (from: number, to: number) => Uint8Array | Promise<Uint8Array>;

/** Puts together what the chunks of one text hold, chunk after chunk: lines go over their borders. */
export class LineAssembler {
  readonly #read: ReadText;
  readonly #file: string;
  readonly #tellLine: TellLine;
  /** Most lines hold one literal: these are made once, by its number. */
  readonly #ofOne: FoundIn[] = [];
  /** Offset behind the last chunk. */
  #at = 0;
  #newlines = 0;
  /** The line that goes on. */
  #start = 0;
  #hits: Hit[] = [];

  constructor(file: string, read: ReadText, tellLine: TellLine) {
    this.#file = file;
    this.#read = read;
    this.#tellLine = tellLine;
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
    const position = { file: this.#file, line: this.#newlines + 1, offset: start };
    this.#tellLine({ text: new LineDecoder(bytes).line(0, bytes.length), position }, { literals, cut });
  }

  #tellRows({ rows, literals, text }: ChunkFindings, begin: number): void {
    const decoder = new LineDecoder(text);
    let at = 0;
    let next = 0;
    for (let i = 0; i < rows.length; i += ROW) {
      const end = at + (rows[i + 1] ?? 0);
      const nextEnd = next + (rows[i + 3] ?? 0);
      const line = this.#newlines + (rows[i + 2] ?? 0) + 1;
      const position = { file: this.#file, line, offset: begin + (rows[i] ?? 0) };
      this.#tellLine(
        { text: decoder.line(at, end), position },
        this.#foundIn(literals, next, nextEnd, rows[i + 4] === 1),
      );
      at = end;
      next = nextEnd;
    }
  }

  #foundIn(literals: Uint16Array, from: number, to: number, cut: boolean): FoundIn {
    if (cut || to - from !== 1) return { literals: Array.from(literals.subarray(from, to)), cut };
    const literal = literals[from] ?? 0;
    this.#ofOne[literal] ??= { literals: [literal], cut };
    return this.#ofOne[literal];
  }
}
