import type { ChunkFindings } from './chunk.ts';

/** A thread is started with `Sought`; it is then sent a `FileChunk` at a time, and answers each in turn with this. */
// `error` is an errno name.
export type WorkerReply = { readonly findings: ChunkFindings } | { readonly error: string };
