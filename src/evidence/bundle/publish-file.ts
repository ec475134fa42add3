import { randomBytes } from 'node:crypto';
import { access, constants, link, lstat, open, rename, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../text/user-error.ts';
import { refuse } from './refusal.ts';

export interface PublishOptions {
  /** Replace a plain file that is there; nothing else is ever replaced. */
  readonly force?: boolean;
}

/**
 * Writes a new file, whole or not at all, readable by its owner only (0600).
 * @throws UserError where something is in the way or the file cannot be written
 */
export async function publishFile(path: string, bytes: Buffer, options: PublishOptions = {}): Promise<void> {
  await checkDestination(path, options);
  const temporary = join(dirname(path), `.notready-${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeNew(temporary, bytes);
    if (options.force) await rename(temporary, path);
    else await linkNew(temporary, path);
  } catch (error) {
    await removeIfThere(temporary);
    throw asUserError(path, error);
  }
}

/**
 * Early, so that nobody waits for an examination whose result cannot be kept.
 * @throws UserError where something is in the way or the directory cannot be written to
 */
export async function checkDestination(path: string, options: PublishOptions = {}): Promise<void> {
  if (path === '') throw refuse(['""'], { en: 'not a file name', zh: '不是文件名' });
  const there = await kindOf(path);
  // As root, a rename over /dev/null or /dev/stdout would take it from the whole host.
  if (there === 'other') throw refuse([path], { en: 'not a plain file', zh: '不是普通文件' }, USE_STDOUT);
  if (there === 'file' && !options.force) throw alreadyThere(path);
  try {
    await access(dirname(path), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw asUserError(path, error);
  }
}

const USE_STDOUT = { en: 'for standard output give -o -', zh: '要输出到标准输出，请用 -o -' };

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
async function linkNew(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    // Filesystems without hard links (vfat, some FUSE): look once more, then rename.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error))) throw error;
    if ((await kindOf(path)) !== 'nothing') throw alreadyThere(path);
    return rename(temporary, path);
  }
  await unlink(temporary);
}

async function kindOf(path: string): Promise<'nothing' | 'file' | 'other'> {
  try {
    return (await lstat(path)).isFile() ? 'file' : 'other';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'nothing';
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
