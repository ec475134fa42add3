import {
  closeSync,
  constants,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  type Stats,
  statfsSync,
} from 'node:fs';
import type { FileStat, FsStat } from './host.ts';
import type { ReaderOperation, ReaderValue } from './reader-protocol.ts';
import { runProgram } from './run-program.ts';

const CHUNK = 65_536;
const shared = Buffer.allocUnsafe(CHUNK);

/**
 * Does one operation, blocking for as long as the kernel likes: only ever called in the disposable child.
 * @throws what node:fs throws
 */
export function perform(operation: ReaderOperation): ReaderValue {
  switch (operation.op) {
    case 'read':
      return readStart(operation.path, operation.maxBytes).toString('utf8');
    case 'bytes':
      return readAt(operation.path, BigInt(operation.offset), operation.length).toString('base64');
    case 'list':
      return readdirSync(operation.path);
    case 'readlink':
      return readlinkSync(operation.path);
    case 'stat':
      return statOf(operation.path);
    case 'statfs':
      return statfsOf(operation.path);
    case 'run':
      return runProgram(operation);
  }
}

function withFile<T>(path: string, use: (fd: number) => T): T {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOCTTY);
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}

function readStart(path: string, maxBytes: number): Buffer {
  return withFile(path, (fd) => {
    const parts: Buffer[] = [];
    let left = maxBytes;
    while (left > 0) {
      // Files of procfs say size 0 and may give less than asked for: only an empty read is the end.
      const n = readSync(fd, shared, 0, Math.min(CHUNK, left), null);
      if (n === 0) break;
      parts.push(Buffer.from(shared.subarray(0, n)));
      left -= n;
    }
    return Buffer.concat(parts);
  });
}

function readAt(path: string, offset: bigint, length: number): Buffer {
  return withFile(path, (fd) => {
    const buffer = Buffer.allocUnsafe(length);
    return buffer.subarray(0, readSync(fd, buffer, 0, length, offset));
  });
}

function statOf(path: string): FileStat {
  const s = lstatSync(path);
  return {
    kind: kindOf(s),
    size: s.size,
    inode: s.ino,
    device: majorMinorOf(BigInt(s.dev)),
    modifiedAt: s.mtimeMs,
  };
}

function kindOf(s: Stats): FileStat['kind'] {
  if (s.isDirectory()) return 'directory';
  if (s.isSymbolicLink()) return 'symlink';
  if (s.isSocket()) return 'socket';
  if (s.isBlockDevice()) return 'block';
  if (s.isCharacterDevice()) return 'char';
  return s.isFIFO() ? 'fifo' : 'file';
}

/** Takes a `dev_t` apart as glibc's gnu_dev_major and gnu_dev_minor do (sys/sysmacros.h). */
export function majorMinorOf(dev: bigint): string {
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & 0xfffff000n);
  const minor = (dev & 0xffn) | ((dev >> 12n) & 0xffffff00n);
  return `${major}:${minor}`;
}

function statfsOf(path: string): FsStat {
  const s = statfsSync(path);
  return { blockSize: s.bsize, blocks: s.blocks, blocksAvailable: s.bavail, files: s.files, filesFree: s.ffree };
}
