import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

export const LAB_PREFIX = 'notready-lab-';

/** Where labs live. Resolved, because mountinfo speaks of resolved paths. */
export function labsParent(): string {
  return realpathSync(tmpdir());
}

/** Whether a path is the very folder of a lab: the only thing that is ever removed as a whole. */
export function isLabFolder(path: string): boolean {
  return dirname(path) === labsParent() && /^notready-lab-[A-Za-z0-9]{6}$/.test(basename(path)) && join(path) === path;
}
