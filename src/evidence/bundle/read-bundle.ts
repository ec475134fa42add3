import { stat } from 'node:fs/promises';
import type { Text } from '../../text/text.ts';
import type { CaseFile } from '../case-file.ts';
import { BUNDLE_LIMITS, type BundleLimits } from './format.ts';
import { KNOWN_FILES, parseBundle } from './parse-bundle.ts';
import { readBundleDirectory } from './read-directory.ts';
import { refuse } from './refusal.ts';
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

async function readFiles(path: string, limits: BundleLimits): Promise<Map<string, Buffer>> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw refuse([path], { en: 'no such file', zh: '文件不存在' });
    throw refuse([path], { en: `cannot be read: ${error.code}`, zh: `无法读取：${error.code}` });
  });
  if (info.isDirectory()) return readBundleDirectory(path, KNOWN_FILES, limits);
  if (!info.isFile()) throw refuse([path], { en: 'neither a file nor a directory', zh: '既不是文件也不是目录' });
  if (info.size > limits.totalBytes) {
    throw refuse([path], { en: 'too large for a bundle', zh: '过大，不是正常的病例包' });
  }
  return unpackArchive(path, limits);
}
