import { constants } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../text/user-error.ts';
import type { BundleLimits } from './format.ts';
import { refuse, tooLarge } from './refusal.ts';

/**
 * An unpacked bundle: the plain files directly in a directory, by name. Links are not followed.
 * @param wanted names to read; others are only listed, with no content
 * @throws UserError for links, devices and sizes past the limits
 */
export async function readBundleDirectory(
  path: string,
  wanted: ReadonlySet<string>,
  limits: BundleLimits,
): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  let total = 0;
  for (const name of (await readdir(path)).sort()) {
    if (!wanted.has(name)) {
      files.set(name, Buffer.alloc(0));
      continue;
    }
    const bytes = await readPlainFile(path, name, limits.totalBytes - total);
    total += bytes.length;
    files.set(name, bytes);
  }
  return files;
}

async function readPlainFile(directory: string, name: string, maxBytes: number): Promise<Buffer> {
  const file = await openPlain(directory, name);
  try {
    const { size } = await file.stat();
    if (size > maxBytes) throw tooLarge(directory, name);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function openPlain(directory: string, name: string): Promise<FileHandle> {
  try {
    // O_NONBLOCK: opening a FIFO must not wait for its writer.
    const file = await open(join(directory, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if ((await file.stat()).isFile()) return file;
    await file.close();
    throw refuse([directory, name], { en: 'not a plain file', zh: '不是普通文件' });
  } catch (error) {
    if (error instanceof UserError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (code === 'ENXIO') throw refuse([directory, name], { en: 'not a plain file', zh: '不是普通文件' });
    if (code === 'ELOOP') throw refuse([directory, name], { en: 'a symbolic link', zh: '是符号链接' });
    throw refuse([directory, name], { en: `cannot be read: ${code}`, zh: `无法读取：${code}` });
  }
}
