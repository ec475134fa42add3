import { existsSync } from 'node:fs';

// Beside this module: as source, or as an entry of its own beside the bundle (or above its folder of chunks).
const CANDIDATES = ['./scan-worker.ts', './scan-worker.mjs', '../scan-worker.mjs'] as const;

/**
 * The module that the scanner's threads run; null where the installation lacks it. A bundler must be given
 * `src/logs/scan/scan-worker.ts` as an entry named `scan-worker`.
 */
export function findWorkerEntry(): URL | null {
  return CANDIDATES.map((candidate) => new URL(candidate, import.meta.url)).find((url) => existsSync(url)) ?? null;
}
