import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { GO_ROOT } from '../../packages.ts';
import { readOr } from '../../processes.ts';

export interface Go {
  /** Resolved: Debian's is a link to the version's folder. */
  readonly root: string;
  readonly program: string;
  /** As `go1.19.8`. */
  readonly version: string;
}

/** Debian's Go; another on PATH may be too new for this source. null where it is not installed */
export function installedGo(): Go | null {
  // With Go 1.21 a second line came, of the time of the build.
  const version = readOr(join(GO_ROOT, 'VERSION'), '').split('\n')[0]?.trim() ?? '';
  if (version === '') return null;
  const root = realpathSync(GO_ROOT);
  return { root, program: join(root, 'bin/go'), version };
}
