import { type MountInfo, parseMountInfo } from '../../probes/procfs/mountinfo.ts';
import { harmlessLine } from '../../text/untrusted.ts';
import type { HostActorDeps } from './deps.ts';
import type { UnmetPrecondition } from './handler.ts';

/** Many containers make a long table. */
const MAX_TABLE = 16 * 1_048_576;

/** Mounts as notready itself sees them: the programs it runs see the same. An errno name where they cannot be read. */
export async function readMounts({ host }: Pick<HostActorDeps, 'host'>): Promise<readonly MountInfo[] | string> {
  const read = await host.files.readText(host.proc('self/mountinfo'), { maxBytes: MAX_TABLE });
  return read.ok ? parseMountInfo(read.value) : read.error;
}

/** The mount on top at exactly this path: later lines cover earlier ones. */
export function mountOn(mounts: readonly MountInfo[], path: string): MountInfo | null {
  return mounts.findLast((mount) => mount.mountPoint === path) ?? null;
}

export function refusalOfMount(mountpoint: string, mounts: readonly MountInfo[] | string): UnmetPrecondition | null {
  const path = harmlessLine(mountpoint, 200);
  if (typeof mounts === 'string') {
    return {
      id: 'is-mounted',
      text: { en: `the mounts cannot be read (${mounts})`, zh: `无法读取挂载表（${mounts}）` },
    };
  }
  if (mountOn(mounts, mountpoint) !== null) return null;
  return { id: 'is-mounted', text: { en: `nothing is mounted at ${path}`, zh: `${path} 上没有挂载任何文件系统` } };
}
