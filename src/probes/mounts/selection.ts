import type { MountInfo } from '../procfs/mountinfo.ts';
import { isBelow, type MountTree } from './tree.ts';

// Views of the kernel, without storage of their own.
const KERNEL_TYPES: ReadonlySet<string> = new Set(
  (
    'autofs binder binfmt_misc bpf cgroup cgroup2 configfs cpuset debugfs devpts devtmpfs efivarfs fusectl hugetlbfs ' +
    'mqueue nfsd nsfs proc pstore resctrl rootfs rpc_pipefs securityfs selinuxfs smackfs sysfs tracefs'
  ).split(' '),
);

/** Filesystems whose answer depends on another machine or program: the ones that die. */
const REMOTE =
  /^(?:nfs4?|cifs|smb3|ceph|9p|glusterfs|lustre|beegfs|gpfs|afs|ocfs2|gfs2|virtiofs|fuse(?:\..+)?|fuseblk)$/;

const MAX_MOUNTS = 400;
const MAX_OF_A_FILESYSTEM = 4;

function isRemote(fsType: string): boolean {
  return REMOTE.test(fsType);
}

export function isFuse(fsType: string): boolean {
  return /^fuse(?:\..+|blk)?$/.test(fsType);
}

/**
 * Mounts worth telling: real filesystems, dead ones too, each where it is mounted for itself and on a few of its bind
 * mounts, the ones that hold `wanted` paths first. A container's root (overlay) and pod volumes in memory (tmpfs) are the
 * node's everyday noise.
 */
export function selectMounts(tree: MountTree, wanted: readonly MountInfo[]): readonly MountInfo[] {
  const kept = new Set<MountInfo>(wanted);
  const perFilesystem = new Map<string, number>();
  const byWeight = tree.mounts.filter((m) => matters(m)).toSorted((a, b) => weight(a) - weight(b));
  for (const mount of byWeight) {
    const count = perFilesystem.get(mount.majorMinor) ?? 0;
    if (kept.size >= MAX_MOUNTS || count >= MAX_OF_A_FILESYSTEM) continue;
    perFilesystem.set(mount.majorMinor, count + 1);
    kept.add(mount);
  }
  return [...kept];
}

function matters({ fsType, mountPoint }: MountInfo): boolean {
  if (KERNEL_TYPES.has(fsType)) return false;
  if (fsType === 'overlay' || fsType === 'aufs') return mountPoint === '/';
  if (fsType === 'tmpfs' || fsType === 'ramfs') return ['/', '/tmp', '/run', '/var', '/dev/shm'].includes(mountPoint);
  return !isBelow(mountPoint, '/proc') && !isBelow(mountPoint, '/sys');
}

/** Remote filesystems come first, then those mounted as a whole, then bind mounts; short paths before long ones. */
function weight({ fsType, root, mountPoint }: MountInfo): number {
  return (isRemote(fsType) ? 0 : 20_000) + (root === '/' ? 0 : 10_000) + Math.min(mountPoint.length, 9999);
}
