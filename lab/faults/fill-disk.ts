import { closeSync, openSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { LoopDisk } from '../loop-disk.ts';
import { isErrno } from '../processes.ts';
import type { Workspace } from '../workspace.ts';

/** Fills a disk of the lab, to the last block by default. @returns what makes room again */
export function fillDisk(workspace: Workspace, disk: LoopDisk, leaveBytes = 0): () => void {
  const path = join(disk.mountPoint, 'fill');
  const id = workspace.journal.register({ kind: 'remove-file', path });
  const file = openSync(path, 'w', 0o600);
  const mayTake = (bytes: number): boolean => leaveBytes === 0 || roomOn(disk) - bytes >= leaveBytes;
  try {
    // Smaller and smaller pieces, for the last blocks.
    for (const size of [1024 * 1024, 4096]) writeWhile(mayTake, file, Buffer.alloc(size));
  } finally {
    closeSync(file);
  }
  return () => workspace.journal.undo(id);
}

function roomOn({ mountPoint }: LoopDisk): number {
  const { bavail, bsize } = statfsSync(mountPoint);
  return bavail * bsize;
}

function writeWhile(mayTake: (bytes: number) => boolean, file: number, piece: Buffer): void {
  try {
    while (mayTake(piece.length)) writeSync(file, piece);
  } catch (error) {
    if (!isErrno(error, 'ENOSPC')) throw error;
  }
}
