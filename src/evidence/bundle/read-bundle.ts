import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Text } from '../../text/text.ts';
import type { CaseFile } from '../case-file.ts';
import { BUNDLE_LIMITS, type BundleLimits } from './format.ts';
import { KNOWN_FILES, parseBundle } from './parse-bundle.ts';
import { readBundleDirectory } from './read-directory.ts';
import { refuse, tooLarge } from './refusal.ts';
import { unpackArchive } from './unpack.ts';

export interface ReadBundleOptions {
  /** Told of what was ignored. */
  readonly onNote?: (note: Text) => void;
  readonly limits?: Partial<BundleLimits>;
}

/**
 * Reads a bundle, packed (`.tar.gz`) or unpacked (a directory). What {@link writeBundle} wrote comes back equal.
 * @throws UserError in one line that names file and position: bundles come from strangers, nothing in one is trusted
 */
export async function readBundle(path: string, options: ReadBundleOptions = {}): Promise<CaseFile> {
  const limits = { ...BUNDLE_LIMITS, ...options.limits };
  const files = await readFiles(path, limits);
  return parseBundle(path, files, limits, options.onNote ?? (() => undefined));
}

/**
 * Reads a packed bundle that comes by a pipe.
 * @param name what to call it in messages
 * @throws UserError as {@link readBundle}
 */
export async function readBundleFrom(
  input: Readable,
  name: string,
  options: ReadBundleOptions = {},
): Promise<CaseFile> {
  const limits = { ...BUNDLE_LIMITS, ...options.limits };
  return parseBundle(name, await unpackArchive(name, input, limits), limits, options.onNote ?? (() => undefined));
}

async function readFiles(path: string, limits: BundleLimits): Promise<Map<string, Buffer>> {
  if (path === '') throw refuse(['""'], { en: 'not a file name', zh: '不是文件名' });
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw refuse([path], { en: 'no such file', zh: '文件不存在' });
    throw refuse([path], { en: `cannot be read: ${error.code}`, zh: `无法读取：${error.code}` });
  });
  if (info.isDirectory()) return readBundleDirectory(path, KNOWN_FILES, limits);
  if (!info.isFile())
    throw refuse([path], { en: 'neither a file nor a directory', zh: '既不是文件也不是目录' }, USE_STDIN);
  // Files of /proc say that they are empty, and a read of some (kmsg) waits for ever.
  if (info.size === 0) throw refuse([path], { en: 'the file is empty', zh: '文件为空' });
  if (info.size > limits.totalBytes) throw tooLarge(path);
  return unpackArchive(path, createReadStream(path), limits);
}

const USE_STDIN = { en: 'for standard input give --bundle -', zh: '要从标准输入读取，请用 --bundle -' };
