import type { MountInfo } from '../procfs/mountinfo.ts';

/** The mounts of a namespace as path lookup sees them: what is mounted over hides what lies below. */
export class MountTree {
  readonly mounts: readonly MountInfo[];
  readonly #children = new Map<number, MountInfo[]>();
  readonly #root: MountInfo | null;

  constructor(mounts: readonly MountInfo[]) {
    this.mounts = mounts;
    const ids = new Set(mounts.map((m) => m.id));
    for (const mount of mounts) {
      const siblings = this.#children.get(mount.parentId);
      if (siblings) siblings.push(mount);
      else this.#children.set(mount.parentId, [mount]);
    }
    // The parent of the root mount lies outside of what the process can see.
    this.#root = mounts.find((m) => m.mountPoint === '/' && (!ids.has(m.parentId) || m.parentId === m.id)) ?? null;
  }

  /** The mount on which an absolute path without symbolic links lies; null where the table has no root. */
  mountOf(path: string): MountInfo | null {
    let current = this.#root;
    const seen = new Set<number>();
    while (current && !seen.has(current.id)) {
      seen.add(current.id);
      const next = this.#nearestBelow(current, path);
      if (next === null) return current;
      current = next;
    }
    return current;
  }

  /** Whether the mount is what its own mount point leads to. */
  isVisible(mount: MountInfo): boolean {
    return this.mountOf(mount.mountPoint) === mount;
  }

  /** The first mount met on the way to the path: the one with the shortest mount point; of equal ones the newest lies on top. */
  #nearestBelow(mount: MountInfo, path: string): MountInfo | null {
    let nearest: MountInfo | null = null;
    for (const child of this.#children.get(mount.id) ?? []) {
      if (child.id === mount.id || !isBelow(path, child.mountPoint)) continue;
      if (nearest === null || child.mountPoint.length <= nearest.mountPoint.length) nearest = child;
    }
    return nearest;
  }
}

/** Whether a path is a directory or lies below it, by whole segments. */
export function isBelow(path: string, directory: string): boolean {
  return directory === '/' || path === directory || path.startsWith(`${directory}/`);
}
