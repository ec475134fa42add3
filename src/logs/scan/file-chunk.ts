import { type ChunkFindings, scanChunk } from './chunk.ts';
import { CHUNK, type Kernel, MARGIN } from './kernel.ts';

/** A chunk of an open file. */
export interface FileChunk {
  readonly fd: number;
  /** Where it begins: a multiple of {@link CHUNK}. */
  readonly at: number;
  /** Size of the file when it was opened: what is written later is not looked at. */
  readonly size: number;
}

/** What to read for it: the chunk, and a little before and behind, since literals go over the border. */
export interface ChunkRead {
  readonly position: number;
  readonly length: number;
  /** Where in the kernel's memory it is put. */
  readonly into: number;
}

export function chunkRead(kernel: Kernel, { at, size }: FileChunk): ChunkRead {
  const before = Math.min(at, MARGIN);
  const end = Math.min(at + CHUNK + MARGIN, size);
  return { position: at - before, length: end - at + before, into: kernel.base + MARGIN - before };
}

/** Scans it once `got` bytes of {@link chunkRead} are in place. Fewer than asked for: the file has become shorter. */
export function scanFileChunk(
  kernel: Kernel,
  { into }: ChunkRead,
  got: number,
  room: ArrayBufferLike | null = null,
): ChunkFindings {
  const from = kernel.base + MARGIN;
  const last = into + got;
  return scanChunk(kernel, { from, to: Math.max(from, Math.min(from + CHUNK, last)), first: into, last }, room);
}
