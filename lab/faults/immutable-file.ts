import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../errors.ts';
import { runSync } from '../run.ts';
import type { Dockerd } from '../runtimes/dockerd.ts';
import type { Workspace } from '../workspace.ts';

/**
 * Puts a file that may not be deleted into a container's writable layer (vfs: a folder of its own).
 * @returns its path, and what makes it deletable again
 */
export function immutableFile(
  workspace: Workspace,
  { dataRoot }: Pick<Dockerd, 'dataRoot'>,
  containerId: string,
): { readonly path: string; readonly heal: () => void } {
  const layer = readFileSync(join(dataRoot, 'image/vfs/layerdb/mounts', containerId, 'mount-id'), 'utf8').trim();
  const path = join(dataRoot, 'vfs/dir', layer, 'kept');
  const undo = workspace.journal.register({ kind: 'clear-immutable', path });
  writeFileSync(path, '');
  const done = runSync(['chattr', '+i', path]);
  if (done.code !== 0) throw new LabError({ en: `chattr: ${done.stderr.trim()}`, zh: `chattr：${done.stderr.trim()}` });
  return { path, heal: () => workspace.journal.undo(undo) };
}
