import { setTimeout as delay } from 'node:timers/promises';
import { hangSafeFiles } from './hang-safe-files.ts';
import { harmlessReads } from './harmless-reads.ts';
import type { Host } from './host.ts';
import { ProgramRunner } from './program-runner.ts';
import { findReaderEntry } from './reader-entry.ts';
import { DEFAULT_LIMITS, type ReaderLimits } from './reader-limits.ts';
import { ReaderPool } from './reader-pool.ts';
import { ReaderWorker } from './reader-worker.ts';

export interface LinuxHostOptions {
  /** Where the host's root is seen: `/` unless an agent's container has it mounted elsewhere (`/host`). */
  readonly root?: string;
  /** Where the host's procfs is seen; below `root` unless given. */
  readonly proc?: string;
  /** Where the host's sysfs is seen; below `root` unless given. */
  readonly sys?: string;
  readonly limits?: Partial<ReaderLimits>;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

const MAX_OUTPUT = 4 * 1_048_576;

/**
 * The machine this process runs on. No read and no program can hang the caller; `files.close()` ends the children,
 * those of programs too.
 */
export function createLinuxHost(options: LinuxHostOptions = {}): Host {
  const { root = '/', env = process.env } = options;
  const { proc = join(root, 'proc'), sys = join(root, 'sys') } = options;
  const entry = findReaderEntry();
  const runner = new ProgramRunner(entry);
  const files = hangSafeFiles(
    new ReaderPool({
      startWorker: (listener) => new ReaderWorker(entry, listener),
      isHarmless: harmlessReads(proc, sys),
      limits: { ...DEFAULT_LIMITS, ...options.limits },
    }),
  );
  return {
    now: () => Date.now(),
    sleep: async (ms) => {
      await delay(ms);
    },
    proc: (path = '') => join(proc, path),
    sys: (path = '') => join(sys, path),
    path: (hostPath) => join(root, hostPath),
    env,
    run: (argv, { timeoutMs, maxBytes = MAX_OUTPUT }) => runner.run({ op: 'run', argv, timeoutMs, maxBytes }),
    files: {
      ...files,
      close: () => {
        files.close();
        runner.close();
      },
    },
  };
}

function join(base: string, path: string): string {
  if (path === '') return base;
  return `${base.endsWith('/') ? base.slice(0, -1) : base}/${path.startsWith('/') ? path.slice(1) : path}`;
}
