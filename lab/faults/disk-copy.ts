import { join } from 'node:path';
import type { LoopDisk } from '../loop-disk.ts';
import { sleep } from '../wait.ts';
import type { Workspace } from '../workspace.ts';
import { startBackground } from './background.ts';

/** Copies at full speed, over and over, on a disk of the lab: heavy but healthy load. */
export async function copyAtFullSpeed(workspace: Workspace, disk: LoopDisk): Promise<void> {
  const loop = 'while :; do dd if=/dev/zero of="$1" bs=1M count=48 conv=fsync 2>/dev/null; done';
  startBackground(workspace, ['/bin/sh', '-c', loop, 'copy', join(disk.mountPoint, 'copy')]);
  await sleep(1000);
}
