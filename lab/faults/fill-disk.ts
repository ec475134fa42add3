import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { LoopDisk } from '../loop-disk.ts';
import { isErrno } from '../processes.ts';
import type { Workspace } from '../workspace.ts';

/** Fills a disk of the lab to the last block. @returns what makes room again */
export function fillDisk(workspace: Workspace, disk: LoopDisk): () => void {
  const path = join(disk.mountPoint, 'fill');
  const id = workspace.journal.register({ kind: 'remove-file', path });
  const file = openSync(path, 'w', 0o600);
  try {
    // Smaller and smaller pieces, for the last blocks.
    for (const size of [1024 * 1024, 4096]) writeUntilFull(file, Buffer.alloc(size));
  } finally {
    closeSync(file);
  }
  return () => workspace.journal.undo(id);
}

function writeUntilFull(file: number, piece: Buffer): void {
  try {
    for (;;) writeSync(file, piece);
  } catch (error) {
    if (!isErrno(error, 'ENOSPC')) throw error;
  }
}
