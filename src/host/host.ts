/** Why a read gave nothing: an errno name, `STUCK` (no answer by the deadline) or `SKIPPED` (too much is stuck already, or the budget is over). */
export type ReadError = string;

/** Outcome of one hang-safe read. It never throws and never takes longer than its deadline. */
export type Read<T> =
  | { readonly ok: true; readonly value: T; readonly tookMs: number }
  | { readonly ok: false; readonly error: ReadError; readonly tookMs: number };

export interface FileStat {
  readonly kind: 'file' | 'directory' | 'symlink' | 'socket' | 'block' | 'char' | 'fifo';
  readonly size: number;
  readonly inode: number;
  /** `major:minor` of the filesystem's device. */
  readonly device: string;
  readonly modifiedAt: number;
}

export interface FsStat {
  readonly blockSize: number;
  readonly blocks: number;
  readonly blocksAvailable: number;
  readonly files: number;
  readonly filesFree: number;
}

/** A read that hung, with the child that hangs in it. */
export interface StuckReadReport {
  readonly operation: string;
  readonly path: string;
  readonly waitedMs: number;
  readonly childPid: number;
  readonly childState: string | null;
  readonly childWchan: string | null;
}

/** A read that was not done because no child could be started to do it in. */
export interface UnreadReport {
  readonly operation: string;
  readonly path: string;
  /** Why there was no child: an errno name of fork(2) (`EAGAIN`: no pids left), or `CRASHED`. */
  readonly error: string;
}

export interface ReadOptions {
  /** One of very many, of which each tells little (every thread, every descriptor): others may pass it. */
  readonly bulk?: boolean;
}

/**
 * File access that cannot hang its caller. Each read runs in a disposable child; a child that does not answer is
 * killed, abandoned and counted. Reads on one host may be issued by the thousand: they are batched.
 */
export interface HangSafeFiles {
  /** UTF-8, cut at `maxBytes` (1 MiB by default). */
  readText(path: string, options?: ReadOptions & { readonly maxBytes?: number }): Promise<Read<string>>;
  /** Bytes at an offset, as of /proc/PID/mem. `offset` may pass 2^53. */
  readBytes(path: string, offset: bigint, length: number): Promise<Read<Buffer>>;
  list(path: string, options?: ReadOptions): Promise<Read<readonly string[]>>;
  readLink(path: string, options?: ReadOptions): Promise<Read<string>>;
  /** lstat(2). */
  stat(path: string): Promise<Read<FileStat>>;
  statfs(path: string): Promise<Read<FsStat>>;
  /** Reads that hung so far. */
  stuck(): readonly StuckReadReport[];
  /** Reads that were not done for want of a child. */
  unread(): readonly UnreadReport[];
  /** Ends the children (those that can still end). */
  close(): void;
}

export interface RunResult {
  /** Exit code; null where it was ended by a signal or the deadline. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
  /** `ENOENT` where there is no such program; a sentence where the allow-list refuses it; null where it ran. */
  readonly error: string | null;
}

/** The machine under examination, behind the narrowest interface that probes need; tests put a recorded one in its place. */
export interface Host {
  /** Unix ms. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** `host.proc('1/stat')`; elsewhere than /proc where an agent sees the host's under another path. */
  proc(path?: string): string;
  sys(path?: string): string;
  /** Where a path of the host is to be read. */
  path(hostPath: string): string;
  readonly files: HangSafeFiles;
  /** Runs an allow-listed read-only program (no shell) with a deadline; output is cut at `maxBytes`. */
  run(argv: readonly [string, ...string[]], options: { timeoutMs: number; maxBytes?: number }): Promise<RunResult>;
  readonly env: Readonly<Record<string, string | undefined>>;
}
