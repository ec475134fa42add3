import { EDGE } from './edges.ts';
import type { Kernel } from './kernel.ts';
import { LineAssembler, type TellLine } from './line-assembler.ts';
import type { Extent } from './scan-file.ts';
import { TextWindow } from './text-window.ts';

export interface StreamScan {
  /** As positions have it. */
  readonly file: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly kernel: Kernel;
  readonly tellLine: TellLine;
  readonly advanced: (bytes: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** What is kept of a text that cannot be read twice. */
export interface StreamExtent extends Extent {
  /** Its first and last {@link EDGE} bytes; all of it, where it is no longer. */
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

/** Scans a text that comes in pieces, in this thread. What was read before a failure counts. */
export async function scanStream(scan: StreamScan): Promise<StreamExtent> {
  const reading = new StreamReading(scan);
  let failure: unknown = null;
  try {
    for await (const bytes of scan.bytes) {
      if (scan.signal?.aborted) break;
      await reading.put(bytes);
    }
  } catch (error) {
    failure = error;
  }
  const stopped = scan.signal?.aborted ?? false;
  return { ...(await reading.end(stopped)), failure: stopped ? null : failure, stopped };
}

class StreamReading {
  readonly #window: TextWindow;
  readonly #assembler: LineAssembler;
  readonly #scan: StreamScan;
  #head: Uint8Array[] = [];
  #headLength = 0;

  constructor(scan: StreamScan) {
    this.#scan = scan;
    this.#window = new TextWindow(scan.kernel);
    this.#assembler = new LineAssembler(scan.file, (from, to) => this.#window.read(from, to), scan.tellLine);
  }

  async put(bytes: Uint8Array): Promise<void> {
    if (this.#headLength < EDGE) {
      const first = Uint8Array.from(bytes.subarray(0, EDGE - this.#headLength));
      this.#head.push(first);
      this.#headLength += first.length;
    }
    for (let at = 0; at < bytes.length; ) {
      at += this.#window.put(bytes.subarray(at));
      if (this.#window.full) await this.#advance();
    }
  }

  async end(stopped: boolean): Promise<Pick<StreamExtent, 'bytes' | 'lines' | 'head' | 'tail'>> {
    // Once more where a little of a next chunk is there.
    await this.#advance();
    await this.#advance();
    if (!stopped) await this.#assembler.end();
    const { bytes, lines } = this.#assembler;
    const tail = Uint8Array.from(this.#window.read(Math.max(0, bytes - EDGE), bytes));
    return { bytes, lines, head: Buffer.concat(this.#head), tail };
  }

  async #advance(): Promise<void> {
    const chunk = this.#window.scan();
    await this.#assembler.add(chunk);
    this.#window.advance();
    this.#scan.advanced(chunk.length);
  }
}
