import type { FileStat, FsStat, RunResult } from './host.ts';

/** What the reader child can be asked. `offset` is decimal, for it may pass 2^53. */
export type ReaderOperation =
  | { readonly op: 'read'; readonly path: string; readonly maxBytes: number }
  | { readonly op: 'bytes'; readonly path: string; readonly offset: string; readonly length: number }
  | { readonly op: 'list' | 'readlink' | 'stat' | 'statfs'; readonly path: string }
  | RunOperation;

export interface RunOperation {
  readonly op: 'run';
  readonly argv: readonly [string, ...string[]];
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** What an operation answers; bytes travel as base64. */
export type ReaderValue = string | readonly string[] | FileStat | FsStat | RunResult;

export type ReaderRequest = ReaderOperation & { readonly id: number };

export type ReaderReply =
  | { readonly id: number; readonly tookMs: number; readonly value: ReaderValue }
  | { readonly id: number; readonly tookMs: number; readonly error: string };

/** The child's first line: from here on a deadline is fair. */
export const READY = 'ready';
