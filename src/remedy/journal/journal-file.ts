import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../../host/error-code.ts';
import { harmlessLine } from '../../text/untrusted.ts';
import { UserError } from '../../text/user-error.ts';
import { type Entry, entryLine, parseJournal } from './entry.ts';

/** Where acts are written down before they are done. */
export interface Journal {
  /** Resolves when the entry is on disk. @throws UserError where it cannot be: then nothing must be done */
  write(entry: Entry): Promise<void>;
  /** All entries so far. */
  read(): Promise<readonly Entry[]>;
}

/** A disk that hangs must not hang the tool: after this, ms, nothing more is done. */
const PATIENCE_MS = 10_000;

/** @param path made where it is not there, readable by its owner only */
export function openJournal(path: string): Journal {
  return {
    write: (entry) => orRefuse(path, append(path, entryLine(entry))),
    read: () => orRefuse(path, readEntries(path)),
  };
}

async function append(path: string, line: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'a', 0o600);
  try {
    const { size } = await file.stat();
    // A kill in the middle of a write leaves half a line: what follows must not be joined to it.
    const torn = size > 0 && (await lastByte(path, size)) !== 10;
    await file.write(torn ? `\n${line}` : line);
    await file.sync();
    if (size === 0) await syncFolder(path);
  } finally {
    await file.close();
  }
}

async function lastByte(path: string, size: number): Promise<number> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer[0] ?? 0;
  } finally {
    await file.close();
  }
}

/** A new file is there after a crash only when its folder is on disk, too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function readEntries(path: string): Promise<readonly Entry[]> {
  try {
    return parseJournal(await readFile(path, 'utf8')).entries;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function orRefuse<T>(path: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } catch (error) {
    throw cannot(path, errorCode(error));
  } finally {
    clearTimeout(timer);
  }
}

function cannot(path: string, code: string): UserError {
  const shown = harmlessLine(path, 200);
  return new UserError(
    {
      en: `the audit log ${shown} cannot be used (${code}): without it nothing is done`,
      zh: `无法使用审计日志 ${shown}（${code}）：没有它就不执行任何操作`,
    },
    { en: 'name a file on a sound disk: --journal FILE', zh: '请指定位于正常磁盘上的文件：--journal FILE' },
  );
}
