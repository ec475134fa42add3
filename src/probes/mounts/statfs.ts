import { entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import type { FsStat, Read } from '../../host/host.ts';
import { gapReason, observeGap } from '../gaps.ts';
import type { ProbeContext } from '../probe.ts';
import type { MountInfo } from '../procfs/mountinfo.ts';
import { mountId } from './entities.ts';
import type { MountTree } from './tree.ts';

/** Filesystems asked in one examination. */
const MAX_FILESYSTEMS = 128;

/**
 * Asks each filesystem once, however often it is mounted, at a mount point that leads to it. A filesystem that answers is
 * not thereby sound: a frozen one answers statfs(2) at once, and only a write would hang.
 */
export async function noteStatfs(
  { host, record }: ProbeContext,
  tree: MountTree,
  mounts: readonly MountInfo[],
  roles: ReadonlyMap<MountInfo, ReadonlySet<string>>,
): Promise<void> {
  const source = record.source('statfs(2) of each filesystem', 'stat -f MOUNTPOINT');
  const filesystems = [...groupByDevice(mounts.filter((m) => tree.isVisible(m))).values()];
  const asked = filesystems.slice(0, MAX_FILESYSTEMS);
  const answers = await Promise.all(
    asked.map(async ([mount]) => mount && host.files.statfs(host.path(mount.mountPoint))),
  );
  const unanswered: string[] = filesystems.slice(MAX_FILESYSTEMS).flatMap(([mount]) => mount?.mountPoint ?? []);
  answers.forEach((answer, i) => {
    const [mount, ...others] = asked[i] ?? [];
    if (!mount || !answer) return;
    if (!answer.ok && answer.error === 'SKIPPED') {
      unanswered.push(mount.mountPoint);
      return;
    }
    // A FUSE filesystem may be closed to everyone but who mounted it, root too: that is no fault.
    if (!answer.ok && gapReason(answer.error) === 'no-permission') {
      observeGap(source, 'filesystems', 'no-permission', `statfs ${mount.mountPoint}: ${answer.error}`);
      return;
    }
    const rolesHere = [mount, ...others].flatMap((m) => [...(roles.get(m) ?? [])]);
    source.observe(statfsFact(answer, [...new Set(rolesHere)]), [
      ...[mount, ...others].map(mountId),
      entityId.device(mount.majorMinor),
    ]);
  });
  if (unanswered.length > 0) {
    observeGap(source, 'filesystems', 'budget', `statfs: ${unanswered.slice(0, 5).join(', ')} (${unanswered.length})`);
  }
  source.end({ status: unanswered.length > 0 ? 'partial' : 'ok' });
}

/** Mounts by superblock, which mountinfo names by its device number. Source: proc_pid_mountinfo(5). */
function groupByDevice(mounts: readonly MountInfo[]): ReadonlyMap<string, MountInfo[]> {
  const groups = new Map<string, MountInfo[]>();
  for (const mount of mounts) {
    const group = groups.get(mount.majorMinor);
    if (group) group.push(mount);
    else groups.set(mount.majorMinor, [mount]);
  }
  return groups;
}

export function statfsFact(read: Read<FsStat>, roles: readonly string[]): FactOf<'statfs'> {
  const outcome = read.ok ? 'ok' : read.error === 'STUCK' ? 'stuck' : 'error';
  const stat = read.ok ? read.value : null;
  return {
    type: 'statfs',
    outcome,
    tookMs: read.tookMs,
    error: read.ok || outcome === 'stuck' ? null : read.error,
    totalBytes: stat && stat.blocks * stat.blockSize,
    availableBytes: stat && stat.blocksAvailable * stat.blockSize,
    // btrfs and some network filesystems count no inodes: 0 of 0 is not full.
    inodes: stat && stat.files > 0 ? stat.files : null,
    inodesFree: stat && stat.files > 0 ? stat.filesFree : null,
    roles: [...roles],
  };
}
