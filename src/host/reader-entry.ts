import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Beside this module: as source, or as an entry of its own beside the bundle (or above its folder of chunks).
const CANDIDATES = ['./reader-child.ts', './reader-child.mjs', './reader-child.js', '../reader-child.mjs'] as const;

/**
 * The module that the disposable children run. It is found beside the running code, so that it works from source and
 * from a bundle alike; a bundler must be given `src/host/reader-child.ts` as an entry named `reader-child`.
 * @throws where the installation lacks it
 */
export function findReaderEntry(): string {
  const paths = CANDIDATES.map((candidate) => fileURLToPath(new URL(candidate, import.meta.url)));
  const found = paths.find((path) => existsSync(path));
  if (found === undefined)
    throw new Error(`reader-child is missing from this installation: looked for ${paths.join(', ')}`);
  return found;
}
