import type { MountInfo } from '../procfs/mountinfo.ts';
import { stackNamesFilesystem } from '../procfs/stack.ts';
import { isUnremarkable, type OpenFile } from './open-files.ts';
import type { ThreadDetail } from './thread-detail.ts';

/**
 * The mount a blocked thread waits on: that of the file its system call names, unless its kernel stack runs through
 * the code of another filesystem type (the path may lead through a symbolic link). Else the one filesystem of the type
 * that the stack names, by the files the thread has open, then by all it can see.
 * @returns null where the evidence does not say
 */
export function mountWaitedOn(detail: ThreadDetail, openFiles: readonly OpenFile[]): MountInfo | null {
  const all = detail.mounts?.mounts ?? [];
  const named = all.filter((mount) => stackNamesFilesystem(detail.stack ?? [], mount.fsType));
  const path = detail.syscall?.path;
  const byPath = path?.startsWith('/') ? (detail.mounts?.mountOf(path) ?? null) : null;
  if (byPath && !isUnremarkable(byPath.fsType) && (named.length === 0 || named.includes(byPath))) return byPath;
  const open = openFiles.map((file) => file.mount).filter((mount) => named.includes(mount));
  return onlyFilesystem(open) ?? (open.length === 0 ? onlyFilesystem(named) : null);
}

function onlyFilesystem(mounts: readonly MountInfo[]): MountInfo | null {
  const [first] = mounts;
  return first && mounts.every((mount) => mount.majorMinor === first.majorMinor) ? first : null;
}

/** Of the host's mounts, the one by which the same directory of the same filesystem is reached: the closest above it. */
export function sameOnHost(mount: MountInfo, hostMounts: readonly MountInfo[]): MountInfo | null {
  let best: MountInfo | null = null;
  for (const candidate of hostMounts) {
    if (candidate.majorMinor !== mount.majorMinor || !isWithin(mount.root, candidate.root)) continue;
    if (best === null || candidate.root.length > best.root.length) best = candidate;
  }
  return best;
}

function isWithin(path: string, directory: string): boolean {
  return directory === '/' || path === directory || path.startsWith(`${directory}/`);
}
