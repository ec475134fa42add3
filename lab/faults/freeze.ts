import type { LoopDisk } from '../loop-disk.ts';
import { assertOwnLoopMount } from '../loop-guard.ts';
import { runOrFail } from '../run.ts';
import type { Workspace } from '../workspace.ts';

/**
 * Freezes a filesystem of the lab (FIFREEZE, ioctl_fsfreeze): from now on every writer waits in the kernel, in D, and
 * no signal ends it. @returns what thaws it
 */
export async function freezeFilesystem(workspace: Workspace, disk: LoopDisk): Promise<() => void> {
  assertOwnLoopMount(disk.mountPoint, workspace.folder);
  const id = workspace.journal.register({ kind: 'thaw', mountPoint: disk.mountPoint });
  await runOrFail(['fsfreeze', '--freeze', disk.mountPoint]);
  return () => workspace.journal.undo(id);
}
