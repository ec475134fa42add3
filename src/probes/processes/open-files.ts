import type { Host, Read } from '../../host/host.ts';
import type { MountTree } from '../mounts/tree.ts';
import type { MountInfo } from '../procfs/mountinfo.ts';

const MAX_DESCRIPTORS = 512;
/** Filesystems on which nothing waits for a device or a server. */
const UNREMARKABLE = /^(?:proc|sysfs|cgroup2?|devpts|devtmpfs|mqueue|tmpfs|ramfs|bpf|tracefs|debugfs|securityfs|nsfs)$/;

/** Whether a filesystem is the kernel's own or in memory, so that what waits there waits for something else. */
export function isUnremarkable(fsType: string): boolean {
  return UNREMARKABLE.test(fsType);
}

export interface OpenFile {
  readonly fd: number;
  readonly path: string;
  readonly mount: MountInfo;
}

/**
 * Files that a thread has open on filesystems that can fail to answer. Pipes, sockets and files of the kernel's own
 * filesystems are left out. The thread's own table is read: that of a dead leader is empty.
 */
export async function readOpenFiles(
  host: Host,
  { pid, tid }: { pid: number; tid: number },
  mounts: MountTree,
): Promise<Read<readonly OpenFile[]>> {
  const directory = host.proc(`${pid}/task/${tid}/fd`);
  const names = await host.files.list(directory);
  if (!names.ok) return names;
  const files = await Promise.all(
    names.value.slice(0, MAX_DESCRIPTORS).map(async (name) => {
      const link = await host.files.readLink(`${directory}/${name}`);
      return link.ok ? locate(Number(name), link.value, mounts) : null;
    }),
  );
  return { ...names, value: files.filter((file) => file !== null) };
}

function locate(fd: number, path: string, mounts: MountTree): OpenFile | null {
  if (!path.startsWith('/')) return null;
  const mount = mounts.mountOf(path);
  return mount === null || isUnremarkable(mount.fsType) ? null : { fd, path, mount };
}
