import { closeSync, ftruncateSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { assertOwnLoopMount } from './loop-guard.ts';
import { runOrFail } from './run.ts';
import type { Workspace } from './workspace.ts';

/** A filesystem of the lab's own: a file in its folder, a loop device on it, mounted below the folder. */
export interface LoopDisk {
  readonly mountPoint: string;
  /** `/dev/loop0` */
  readonly device: string;
  /** `7:0` */
  readonly deviceNumber: string;
}

export async function makeLoopDisk(workspace: Workspace, name: string, sizeMiB = 64): Promise<LoopDisk> {
  const { folder, journal } = workspace;
  const image = join(folder, `${name}.img`);
  const mountPoint = join(folder, name);
  const file = openSync(image, 'wx', 0o600);
  ftruncateSync(file, sizeMiB * 1024 * 1024);
  closeSync(file);
  await runOrFail(['mkfs.ext4', '-q', '-F', '-m', '0', '-E', 'lazy_itable_init=0,lazy_journal_init=0', image]);
  mkdirSync(mountPoint);
  journal.register({ kind: 'detach-loop', backingFile: image });
  const device = (await runOrFail(['losetup', '--find', '--show', image])).trim();
  journal.register({ kind: 'unmount', path: mountPoint });
  await runOrFail(['mount', '-t', 'ext4', '-o', 'noatime', device, mountPoint]);
  return { mountPoint, device, deviceNumber: assertOwnLoopMount(mountPoint, folder).device };
}
