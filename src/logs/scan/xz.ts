import { ReadableStream } from 'node:stream/web';
import xz from 'xz-decompress';
import { InflateError } from './inflate-error.ts';

/** The decoder hands over some 64 KiB at once. Pieces of this size are scanned faster. */
const OUTPUT = 262_144;

/**
 * Unpacks xz, several streams in a row too: Node.js itself cannot. What was unpacked before an error is handed over. One
 * at a time in the whole process: the decoder has one memory, and who comes second waits.
 * @throws InflateError and whatever reading throws
 */
export async function* unpackXz(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const feed = new Feed(packed);
  const reader = new xz.XzReadableStream(feed.stream()).getReader();
  try {
    let [pieces, size]: [Uint8Array[], number] = [[], 0];
    for (;;) {
      const { value, failure } = await next(reader, feed);
      if (value !== null) {
        pieces.push(value);
        size += value.length;
      }
      if (size >= OUTPUT || value === null) {
        yield Buffer.concat(pieces);
        [pieces, size] = [[], 0];
      }
      if (failure !== null) throw failure;
      if (value === null) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

interface Next {
  /** Null at the end. */
  readonly value: Uint8Array | null;
  readonly failure: Error | null;
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array>, feed: Feed): Promise<Next> {
  try {
    const { value, done } = await reader.read();
    return { value: done ? null : value, failure: null };
  } catch (error) {
    // Whatever the decoder says once its input is over, it was told too little.
    const detail = error instanceof Error ? error.message : String(error);
    const failure = feed.failure ?? new InflateError(feed.over ? 'cut-off' : 'damaged', detail, feed.bytes);
    return { value: null, failure };
  }
}

/** Tells the decoder's stream of what is read, and remembers how far that came. */
class Feed {
  bytes = 0;
  over = false;
  failure: Error | null = null;
  readonly #packed: AsyncIterator<Uint8Array>;

  constructor(packed: AsyncIterable<Uint8Array>) {
    this.#packed = packed[Symbol.asyncIterator]();
  }

  stream(): ReadableStream<Uint8Array> {
    return new ReadableStream({
      pull: async (controller) => {
        try {
          const { value, done } = await this.#packed.next();
          if (done === true) {
            this.over = true;
            controller.close();
            return;
          }
          this.bytes += value.length;
          controller.enqueue(value);
        } catch (error) {
          this.failure = error instanceof Error ? error : new Error(String(error));
          controller.error(error);
        }
      },
      cancel: async () => {
        await this.#packed.return?.();
      },
    });
  }
}
