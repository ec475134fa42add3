import { realpathSync } from 'node:fs';
import { LabError } from './errors.ts';
import { isLabFolder } from './folder.ts';
import { backingFile, type Mount, mountAt } from './mounts.ts';

/**
 * The one check before a freeze or a thaw: the mount lies in the lab's folder, on a loop device whose file lies there
 * too. Freezing anything else could take the machine away.
 * @throws LabError otherwise
 */
export function assertOwnLoopMount(mountPoint: string, labFolder: string): Mount {
  const refuse = (why: string): never => {
    throw new LabError({ en: `refused: ${mountPoint} ${why}`, zh: `拒绝操作：${mountPoint} ${why}` });
  };
  if (!isLabFolder(labFolder)) refuse(`belongs to no lab (${labFolder})`);
  if (!mountPoint.startsWith(`${labFolder}/`)) refuse(`is not below ${labFolder}`);
  if (realpathSync(mountPoint) !== mountPoint) refuse('is reached through a symbolic link');
  const mount = mountAt(mountPoint) ?? refuse('is no mount point');
  if (!mount.device.startsWith('7:')) refuse(`is on ${mount.source}, which is no loop device`);
  const file = backingFile(mount.source) ?? refuse(`is on ${mount.source}, which has no backing file`);
  if (!file.startsWith(`${labFolder}/`)) refuse(`is on ${mount.source}, whose file ${file} is not the lab's`);
  return mount;
}
