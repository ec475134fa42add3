import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabCgroup } from './cgroup.ts';
import { LAB_PREFIX, labsParent } from './folder.ts';
import { identify, isRunning, type ProcessId } from './processes.ts';
import { registerStrays } from './strays.ts';
import { UndoJournal } from './undo.ts';

/** A lab's own folder, cgroups and journal. Several may stand side by side. */
export interface Workspace {
  readonly folder: string;
  readonly name: string;
  readonly cgroup: LabCgroup;
  readonly journal: UndoJournal;
  /** Lets the guardian go; it undoes what is still due. */
  release(): void;
}

const OWNERS = 'owners.json';

/** Opens a lab's workspace, watched by a guardian that cleans up should this process die. Needs root. */
export function openWorkspace(): Workspace {
  const folder = realpathSync(mkdtempSync(join(labsParent(), LAB_PREFIX)));
  const name = basename(folder);
  const journal = new UndoJournal(folder);
  journal.register({ kind: 'remove-folder', folder });
  const guardian = startGuardian(folder);
  writeFileSync(join(folder, OWNERS), JSON.stringify([identify(process.pid), guardian.id]));
  registerStrays(journal);
  journal.register({ kind: 'remove-pod-logs', folder });
  journal.register({ kind: 'unmount-below', folder });
  const cgroup = new LabCgroup(name, journal);
  cgroup.create();
  return { folder, name, cgroup, journal, release: guardian.release };
}

/** Whether neither the lab's process nor its guardian is there any more to clean up. */
export function isAbandoned(folder: string): boolean {
  try {
    const owners = JSON.parse(readFileSync(join(folder, OWNERS), 'utf8')) as ProcessId[];
    return !owners.some(isRunning);
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return true;
    throw error;
  }
}

/** The guardian lives in a session of its own and waits for the end of its standard input: our end, however it comes. */
function startGuardian(folder: string): { id: ProcessId; release: () => void } {
  const script = fileURLToPath(new URL('guardian.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  if (child.pid === undefined) throw new Error('the guardian of the lab could not be started');
  child.unref();
  const pipe = child.stdin as typeof child.stdin & { unref(): void };
  pipe.unref();
  return { id: identify(child.pid), release: () => pipe.destroy() };
}
