import { read } from 'node:fs';
import { promisify } from 'node:util';
import type { ChunkFindings } from './chunk.ts';
import type { ChunkScanner } from './chunk-scanners.ts';
import { Unanswered, within } from './deadline.ts';
import { CHUNK } from './kernel.ts';
import { LineAssembler, type TellLine } from './line-assembler.ts';

const readAt = promisify(read);

/** A chunk that takes so long will not come. */
const PATIENCE_MS = 30_000;

export interface FileScan {
  /** As positions have it. */
  readonly file: string;
  readonly fd: number;
  readonly size: number;
  readonly scanner: ChunkScanner;
  readonly tellLine: TellLine;
  /** Told of each chunk that is done. */
  readonly advanced: (bytes: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** How far a text was read. */
export interface Extent {
  readonly bytes: number;
  readonly lines: number;
  /** What went wrong after that; an Error that was thrown. */
  readonly failure: unknown;
  readonly stopped: boolean;
}

/** Scans an open file chunk by chunk, several at a time; lines are told in order. */
export async function scanFile(scan: FileScan): Promise<Extent> {
  const { fd, size, scanner, signal } = scan;
  const assembler = new LineAssembler(scan.file, (from, to) => readRange(fd, from, to), scan.tellLine);
  const underWay = new Set<Promise<unknown>>();
  const queue: Promise<ChunkFindings>[] = [];
  let asked = 0;
  let failure: unknown = null;
  try {
    for (;;) {
      for (; queue.length < scanner.depth && asked < size; asked += CHUNK)
        queue.push(remember(scanner.scan({ fd, at: asked, size }), underWay));
      const next = queue.shift();
      if (next === undefined || signal?.aborted) break;
      const chunk = await within(PATIENCE_MS, next);
      await within(PATIENCE_MS, assembler.add(chunk));
      scan.advanced(chunk.length);
      // Shorter than it was: it was truncated meanwhile.
      if (chunk.length < CHUNK) break;
    }
    if (!signal?.aborted) await within(PATIENCE_MS, assembler.end());
  } catch (error) {
    failure = error;
  }
  // The caller closes the file, unless it hangs, and no thread may then read what next has its number.
  if (!(failure instanceof Unanswered))
    await within(PATIENCE_MS, Promise.allSettled(underWay)).catch((error: unknown) => (failure ??= error));
  return { bytes: assembler.bytes, lines: assembler.lines, failure, stopped: signal?.aborted ?? false };
}

function remember<T>(promise: Promise<T>, underWay: Set<Promise<unknown>>): Promise<T> {
  underWay.add(promise);
  const forget = (): void => void underWay.delete(promise);
  promise.then(forget, forget);
  return promise;
}

/** As much of it as there is. */
export async function readRange(fd: number, from: number, to: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(to - from);
  let got = 0;
  while (got < bytes.length) {
    const { bytesRead } = await readAt(fd, bytes, got, bytes.length - got, from + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return bytes.subarray(0, got);
}
