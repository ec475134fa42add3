import type { CgroupLine } from '../procfs/cgroup.ts';
import type { MountInfo } from '../procfs/mountinfo.ts';

/** A mounted tree of cgroups: one of v1's, with its controllers, or the one of v2. */
export interface CgroupHierarchy {
  readonly version: 'v1' | 'v2';
  /** v1 only: `cpu`, `cpuacct`, `name=systemd` ... */
  readonly controllers: readonly string[];
  readonly mountPoint: string;
  /** Which cgroup the mount point shows: `/` unless we see the tree from inside a container. */
  readonly root: string;
}

/** A cgroup as one controller knows it. */
export interface Cgroup {
  readonly version: 'v1' | 'v2';
  /** As /proc/PID/cgroup gives it. */
  readonly path: string;
  /** Where its files are, as the host names it. */
  readonly directory: string;
}

/** Where cgroups are mounted, whatever the distribution's layout. Source: cgroups(7). */
export function findHierarchies(mounts: readonly MountInfo[]): readonly CgroupHierarchy[] {
  return mounts.flatMap(({ fsType, superOptions, mountPoint, root }): CgroupHierarchy[] => {
    if (fsType === 'cgroup2') return [{ version: 'v2', controllers: [], mountPoint, root }];
    if (fsType === 'cgroup') return [{ version: 'v1', controllers: superOptions, mountPoint, root }];
    return [];
  });
}

/**
 * The cgroup that limits a process by one controller, and every cgroup above it, the innermost first: a limit on a parent
 * slice counts. On a hybrid system a controller is managed by the one hierarchy that has it.
 */
export function cgroupsOf(
  hierarchies: readonly CgroupHierarchy[],
  memberships: readonly CgroupLine[],
  controller: string,
): readonly Cgroup[] {
  const v1 = hierarchies.find((h) => h.version === 'v1' && h.controllers.includes(controller));
  const hierarchy = v1 ?? hierarchies.find((h) => h.version === 'v2');
  const membership = memberships.find((m) => (v1 ? m.controllers.includes(controller) : m.controllers.length === 0));
  if (!hierarchy || !membership) return [];
  const paths = withAncestors(membership.path);
  return paths.flatMap((path) => {
    const directory = directoryOf(hierarchy, path);
    return directory === null ? [] : [{ version: hierarchy.version, path, directory }];
  });
}

/** `/a/b` is `/a/b`, `/a`, `/`. */
function withAncestors(path: string): string[] {
  const parts = path.split('/').filter(Boolean);
  return [...parts.map((_, i) => `/${parts.slice(0, parts.length - i).join('/')}`), '/'];
}

/** null: the cgroup lies outside of what is mounted (`/../x` of a foreign cgroup namespace too). */
function directoryOf({ mountPoint, root }: CgroupHierarchy, path: string): string | null {
  if (path.startsWith('/..')) return null;
  if (root === '/') return path === '/' ? mountPoint : `${mountPoint}${path}`;
  if (path === root) return mountPoint;
  return path.startsWith(`${root}/`) ? `${mountPoint}${path.slice(root.length)}` : null;
}
