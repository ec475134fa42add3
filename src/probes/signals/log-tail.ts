import type { HangSafeFiles, Read } from '../../host/host.ts';

/**
 * The last lines of a regular file, whole ones only.
 * @param maxBytes how far back to read
 * @param open where to read it, if elsewhere than at `path` (a descriptor in /proc, for a file that was deleted)
 */
export async function readTail(
  files: HangSafeFiles,
  path: string,
  maxBytes: number,
  open: string = path,
): Promise<Read<readonly string[]>> {
  const stat = await files.stat(path);
  if (!stat.ok) return stat;
  // A FIFO would block its reader until someone writes.
  if (stat.value.kind !== 'file')
    return { ok: false, error: `not a file but a ${stat.value.kind}`, tookMs: stat.tookMs };
  const start = Math.max(stat.value.size - maxBytes, 0);
  const read = await files.readBytes(open, BigInt(start), stat.value.size - start);
  if (!read.ok) return read;
  const lines = read.value.toString('utf8').split('\n');
  return { ok: true, value: start === 0 ? lines : lines.slice(1), tookMs: stat.tookMs + read.tookMs };
}
