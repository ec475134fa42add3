import type { ChunkFindings } from './chunk.ts';
import type { GramTable } from './gram-table.ts';
import type { KernelChoice } from './make-kernel.ts';

/** What a thread is started with. It is then sent a `FileChunk` at a time, and answers each in turn. */
export interface WorkerSetting {
  readonly table: GramTable;
  readonly choice: KernelChoice;
}

/** `error` is an errno name. */
export type WorkerReply = { readonly findings: ChunkFindings } | { readonly error: string };
