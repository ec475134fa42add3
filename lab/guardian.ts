// Runs as a process of its own beside each lab: `node guardian.ts FOLDER`. When its standard input ends, the lab has
// ended too; whatever is still due in the journal, for the lab was killed, is undone here.
import { existsSync } from 'node:fs';
import { journalFile, UndoJournal } from './undo.ts';

process.on('SIGINT', ignore);
process.on('SIGTERM', ignore);
process.on('SIGHUP', ignore);
process.stdin.on('error', cleanUp);
process.stdin.on('close', cleanUp);
process.stdin.resume();

function cleanUp(): void {
  const folder = process.argv[2] ?? '';
  if (existsSync(journalFile(folder))) new UndoJournal(folder).undoSince();
  process.exit(0);
}

function ignore(): void {
  // A signal for the whole group must not stop the one who cleans up.
}
