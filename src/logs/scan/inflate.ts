import type { Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { InflateError } from './inflate-error.ts';
import { peek } from './peek.ts';
import { unpackXz } from './xz.ts';

type Packing = 'gzip' | 'zstd' | 'xz';

/** Bytes handed over at once; of a damaged file so many may be lost before the damage. */
const OUTPUT = 262_144;
/** Little goes in at once, so that little is lost before damage, and that a bomb goes off slowly. */
const INPUT = 65_536;
/** No more is unpacked ahead of the reader. */
const AHEAD = 2 << 20;

/** So many first bytes tell how a file is packed. */
export const PACKING_START = 6;

/** By its first bytes (RFC 1952, RFC 8878, of which a skippable frame counts, xz's file format 1.2); null where it is none. */
export function packingOf(start: Uint8Array): Packing | null {
  const [a, b, c, d] = start;
  if (a === 0x1f && b === 0x8b) return 'gzip';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd';
  if (a === 0xfd && Buffer.from(start.subarray(1, PACKING_START)).toString('latin1') === '7zXZ\0') return 'xz';
  return a !== undefined && (a & 0xf0) === 0x50 && b === 0x2a && c === 0x4d && d === 0x18 ? 'zstd' : null;
}

/** The text of a stream, unpacked where it is packed. */
export async function* unpacked(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { start, all } = await peek(bytes, PACKING_START);
  const packing = packingOf(start);
  if (packing === null) yield* all;
  else yield* packing === 'xz' ? unpackXz(all) : inflate(packing, all);
}

/**
 * Unpacks, several members or frames in a row too. Unlike with a pipeline, nothing that was unpacked before an error is lost.
 * @throws InflateError and whatever reading throws
 */
async function* inflate(
  packing: Exclude<Packing, 'xz'>,
  packed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const options = { chunkSize: OUTPUT };
  const inflater = new Inflater(packing === 'gzip' ? createGunzip(options) : createZstdDecompress(options));
  try {
    for await (const bytes of packed) {
      for (let i = 0; i < bytes.length; i += INPUT) yield* inflater.feed(bytes.subarray(i, i + INPUT));
    }
    yield* inflater.feed(null);
  } finally {
    inflater.close();
  }
}

class Inflater {
  readonly #transform: Transform;
  #unpacked: Uint8Array[] = [];
  #size = 0;
  #fed = 0;
  #error: InflateError | null = null;
  #idle = true;
  #wake: () => void = () => undefined;

  constructor(transform: Transform) {
    this.#transform = transform;
    transform.on('data', (bytes: Uint8Array) => this.#take(bytes));
    transform.on('end', () => this.#rest());
    transform.on('error', (error) => this.#fail(error));
  }

  /** Null: there is no more. */
  async *feed(bytes: Uint8Array | null): AsyncGenerator<Uint8Array> {
    if (this.#error !== null) throw this.#error;
    this.#idle = false;
    if (bytes === null) this.#transform.end();
    else this.#transform.write(bytes, (error) => (error ? this.#fail(error) : this.#rest()));
    this.#fed += bytes?.length ?? 0;
    for (;;) {
      const done = this.#idle;
      yield* this.#drain();
      if (done) break;
      if (!this.#idle && this.#size === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    if (this.#error !== null) throw this.#error;
  }

  close(): void {
    this.#transform.destroy();
  }

  *#drain(): Generator<Uint8Array> {
    const unpacked = this.#unpacked;
    this.#unpacked = [];
    this.#size = 0;
    this.#transform.resume();
    yield* unpacked;
  }

  #take(bytes: Uint8Array): void {
    this.#unpacked.push(bytes);
    this.#size += bytes.length;
    if (this.#size >= AHEAD) this.#transform.pause();
    this.#wake();
  }

  #fail(error: NodeJS.ErrnoException): void {
    const code = error.code ?? error.message;
    this.#error ??= new InflateError(code === 'Z_BUF_ERROR' ? 'cut-off' : 'damaged', code, this.#fed);
    this.#rest();
  }

  #rest(): void {
    this.#idle = true;
    this.#wake();
  }
}
