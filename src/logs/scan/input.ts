import { constants, createReadStream, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import type { ScanProblem } from '../scan-contract.ts';
import { isTar, TAR_START } from './archive/tar.ts';
import { packingOf } from './inflate.ts';

/** An input as it can be read. */
export type OpenInput = { readonly modifiedAt: number | null; readonly close: () => Promise<void> } & (
  | { readonly kind: 'file'; readonly fd: number; readonly size: number }
  /** The bytes may be packed, or an archive. */
  | { readonly kind: 'stream'; readonly bytes: AsyncIterable<Uint8Array>; readonly ofFile: boolean }
);

/** Of a compressed file, read at once. */
const PACKED_READ = 262_144;

/** @throws NodeJS.ErrnoException, or {@link NoFile} */
export async function openInput(path: string, signal: AbortSignal | undefined): Promise<OpenInput> {
  if (path === '-') {
    const bytes = signal ? addAbortSignal(signal, process.stdin) : process.stdin;
    return { kind: 'stream', bytes, ofFile: false, modifiedAt: null, close: nothing };
  }
  const stats = await stat(path);
  if (!stats.isFile()) return openPipe(path, stats, signal);
  return openFile(await open(path, constants.O_RDONLY), stats.mtimeMs, signal);
}

/** What is there is no file of text. */
export class NoFile extends Error {
  readonly kind: ScanProblem['kind'];

  constructor(kind: ScanProblem['kind']) {
    super(kind);
    this.kind = kind;
  }
}

/** Opening a pipe waits for its writer: the stream does that, and can be ended meanwhile. */
function openPipe(path: string, stats: Stats, signal: AbortSignal | undefined): OpenInput {
  if (!stats.isFIFO() && !stats.isCharacterDevice()) throw new NoFile('failed');
  const bytes = createReadStream(path, signal ? { signal } : {});
  return { kind: 'stream', bytes, ofFile: false, modifiedAt: null, close: async () => void bytes.destroy() };
}

async function openFile(file: FileHandle, modifiedAt: number, signal: AbortSignal | undefined): Promise<OpenInput> {
  try {
    const { size } = await file.stat();
    const start = new Uint8Array(TAR_START);
    const { bytesRead } = await file.read(start, 0, start.length, 0);
    const isPlain = packingOf(start.subarray(0, bytesRead)) === null && !isTar(start);
    const close = (): Promise<void> => file.close();
    // Files of /proc have no size.
    if (isPlain && size > 0) return { kind: 'file', fd: file.fd, size, modifiedAt, close };
    const options = { start: 0, autoClose: false, highWaterMark: PACKED_READ };
    const bytes = file.createReadStream(signal ? { ...options, signal } : options);
    return { kind: 'stream', bytes, ofFile: true, modifiedAt, close };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function nothing(): Promise<void> {
  // Standard input is not ours to close.
}
