import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { ChunkFindings } from './chunk.ts';
import { chunkRead, type FileChunk, scanFileChunk } from './file-chunk.ts';
import type { Kernel } from './kernel.ts';

/** What scans chunks of files. */
export interface ChunkScanner {
  /** So many chunks may be asked for before the first of them is done with. */
  readonly depth: number;
  /**
   * The lines are valid until as many more chunks are asked for.
   * @throws ReadError
   */
  scan(chunk: FileChunk): Promise<ChunkFindings>;
}

/** A read failed. */
export class ReadError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const readAt = promisify(read);

/** Scans in this thread; only the reading is done elsewhere, by Node.js' own threads. */
export class LocalScanner implements ChunkScanner {
  readonly depth = 1;
  readonly #kernel: Kernel;
  /** There is one memory: one chunk after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  scan(chunk: FileChunk): Promise<ChunkFindings> {
    const scanned = this.#last.then(() => this.#scan(chunk));
    this.#last = scanned.catch(() => undefined);
    return scanned;
  }

  async #scan(chunk: FileChunk): Promise<ChunkFindings> {
    const kernel = this.#kernel;
    const asked = chunkRead(kernel, chunk);
    let got = 0;
    while (got < asked.length) {
      const { into, length, position } = asked;
      const { bytesRead } = await readAt(chunk.fd, kernel.memory, into + got, length - got, position + got);
      if (bytesRead === 0) break;
      got += bytesRead;
    }
    return scanFileChunk(kernel, asked, got);
  }
}
