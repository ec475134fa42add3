import type { ChunkFindings } from './chunk.ts';
import type { FileChunk } from './file-chunk.ts';
import type { Sought } from './make-kernel.ts';

/** What a thread is started with. */
export interface WorkerSetting {
  readonly sought: Sought;
  /** Where lines are put, one for each question under way: so that they are neither copied nor left to be collected. */
  readonly rooms: readonly SharedArrayBuffer[];
}

/** Each is answered in turn. */
export interface WorkerQuestion {
  readonly chunk: FileChunk;
  readonly room: number;
}

/** `error` is an errno name. The arrays of the findings are views of the room, unless it was too small. */
export type WorkerReply = { readonly findings: ChunkFindings } | { readonly error: string };
