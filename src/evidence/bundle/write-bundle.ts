import { randomBytes } from 'node:crypto';
import { link, open, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../text/user-error.ts';
import type { CaseFile } from '../case-file.ts';
import { packBundle } from './pack.ts';
import { refuse } from './refusal.ts';

/**
 * Writes a case file as a bundle, whole or not at all, readable by its owner only (0600).
 * @param options.force replace a file that is there
 * @returns bytes written
 * @throws UserError where the file exists or cannot be written
 */
export async function writeBundle(
  caseFile: CaseFile,
  path: string,
  options: { readonly force?: boolean } = {},
): Promise<number> {
  if (!options.force) await refuseToOverwrite(path);
  const bytes = await packBundle(caseFile);
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeNew(temporary, bytes);
    if (options.force) await rename(temporary, path);
    else await publish(temporary, path);
  } catch (error) {
    await removeIfThere(temporary);
    throw asUserError(path, error);
  }
  return bytes.length;
}

/** Early, so that nobody waits for an examination whose result cannot be kept. @throws UserError where the file exists */
export async function refuseToOverwrite(path: string): Promise<void> {
  if (await exists(path)) throw alreadyThere(path);
}

async function writeNew(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** link(2) fails where the name is taken, also by someone who took it since we looked; rename(2) would replace it. */
async function publish(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    // Filesystems without hard links (vfat, some FUSE): look once more, then rename.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error))) throw error;
    if (await exists(path)) throw alreadyThere(path);
    return rename(temporary, path);
  }
  await unlink(temporary);
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw asUserError(path, error);
  }
}

async function removeIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw asUserError(path, error);
  }
}

function alreadyThere(path: string): UserError {
  return refuse(
    [path],
    { en: 'the file exists already', zh: '文件已存在' },
    { en: 'choose another name, or replace it with --force', zh: '请换一个文件名，或用 --force 覆盖' },
  );
}

function asUserError(path: string, error: unknown): Error {
  if (error instanceof UserError) return error;
  if (codeOf(error) === 'EEXIST') return alreadyThere(path);
  if (codeOf(error) === '') return error instanceof Error ? error : new Error(String(error));
  return refuse([path], { en: `cannot be written: ${codeOf(error)}`, zh: `无法写入：${codeOf(error)}` });
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
