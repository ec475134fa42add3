import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isLabFolder, labsParent } from './folder.ts';
import { journalFile, type UndoFailure, UndoJournal } from './undo.ts';
import { isAbandoned } from './workspace.ts';

export interface Swept {
  readonly folder: string;
  readonly failures: readonly UndoFailure[];
}

/** Cleans up after labs whose process and guardian were both killed. Labs in use stay. Blocks. */
export function sweepLabs(): Swept[] {
  const folders = readdirSync(labsParent()).map((name) => join(labsParent(), name));
  return folders
    .filter(isLabFolder)
    .filter(isAbandoned)
    .map((folder) => ({ folder, failures: sweep(folder) }));
}

function sweep(folder: string): readonly UndoFailure[] {
  if (existsSync(journalFile(folder))) return new UndoJournal(folder).undoSince();
  // Killed before it had done anything.
  rmSync(folder, { recursive: true, force: true });
  return [];
}
