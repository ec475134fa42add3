import { isAscii } from 'node:buffer';

const CARRIAGE_RETURN = 13;

/** Decodes lines of a text. What is no UTF-8 is replaced. */
export class LineDecoder {
  readonly #bytes: Buffer;
  readonly #encoding: 'latin1' | 'utf8';

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    // Most logs are, and need no look at each line's bytes then.
    this.#encoding = isAscii(bytes) ? 'latin1' : 'utf8';
  }

  /** A line's text, without the carriage return of a CRLF. */
  line(start: number, end: number): string {
    const textEnd = end > start && this.#bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    return this.#bytes.toString(this.#encoding, start, textEnd);
  }
}
