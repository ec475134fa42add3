import type { FileStat, FsStat, HangSafeFiles, Read, ReadOptions } from './host.ts';
import type { ReaderPool } from './reader-pool.ts';
import type { ReaderOperation, ReaderValue } from './reader-protocol.ts';

const DEFAULT_MAX_BYTES = 1_048_576;

/** File access through disposable children: see {@link ReaderPool}. */
export function hangSafeFiles(pool: ReaderPool): HangSafeFiles {
  // The child answers each operation with its own kind of value.
  const ask = async <T extends ReaderValue>(operation: ReaderOperation, options?: ReadOptions): Promise<Read<T>> =>
    (await pool.submit(operation, options)) as Read<T>;
  return {
    readText: (path, options) => ask({ op: 'read', path, maxBytes: options?.maxBytes ?? DEFAULT_MAX_BYTES }, options),
    readBytes: async (path, offset, length) => {
      const read = await ask<string>({ op: 'bytes', path, offset: String(offset), length });
      return read.ok ? { ...read, value: Buffer.from(read.value, 'base64') } : read;
    },
    list: (path, options) => ask<readonly string[]>({ op: 'list', path }, options),
    readLink: (path, options) => ask<string>({ op: 'readlink', path }, options),
    stat: (path) => ask<FileStat>({ op: 'stat', path }),
    statfs: (path) => ask<FsStat>({ op: 'statfs', path }),
    stuck: () => pool.stuck(),
    unread: () => pool.unread(),
    close: () => pool.close(),
  };
}
