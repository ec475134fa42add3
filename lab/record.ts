import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBundle, writeBundle } from '../src/evidence/bundle/bundle.ts';
import { makeImpersonal } from './impersonal.ts';
import type { Lab } from './lab.ts';
import { collect, type Where } from './notready-cli.ts';

/** Saves what notready sees of a fault as a bundle that is fit to be published. */
export async function record(lab: Lab, staged: Where, file: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'notready-record-'));
  try {
    const asSeen = join(folder, 'case.tar.gz');
    await collect(staged, asSeen);
    await writeBundle(makeImpersonal(await readBundle(asSeen), lab.folder), file, { force: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
