import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { listOr, readOr } from '../../processes.ts';
import { installedGo } from './go.ts';
import { keyOf } from './recipe.ts';
import { BUILT, binariesIn, type KubernetesBinaries } from './set.ts';
import { SOURCE } from './source.ts';

const PREFIX = 'kubernetes-';
const STAMP = 'stamp.json';

/** Written last: what was built, and with which Go. */
const Stamp = z.object({
  go: z.string(),
  binaries: z.record(z.enum(BUILT), z.object({ size: z.number(), mtimeMs: z.number(), sha256: z.string() })),
});
type Stamp = z.infer<typeof Stamp>;

/** Where what was built is kept. The XDG Base Directory Specification wants a relative path ignored. */
export function cacheParent(env: NodeJS.ProcessEnv = process.env): string {
  const given = env.XDG_CACHE_HOME ?? '';
  return join(isAbsolute(given) ? given : join(homedir(), '.cache'), 'notready');
}

export function cacheFolder(goVersion: string): string {
  return join(cacheParent(), PREFIX + keyOf(goVersion));
}

/** What was built before by this very recipe: with the Go that is here or, where there is none, with any. */
export function findCached(): KubernetesBinaries | null {
  const parent = cacheParent();
  const go = installedGo();
  const names = go === null ? listOr(parent).filter((n) => n.startsWith(PREFIX)) : [PREFIX + keyOf(go.version)];
  const folder = names.map((name) => join(parent, name)).find(isIntact);
  if (folder === undefined) return null;
  const found = binariesIn(folder, SOURCE.version);
  return 'path' in found ? found : null;
}

/** Whether a folder holds what its name says, whole. */
export function isIntact(folder: string): boolean {
  const stamp = parseStamp(readOr(join(folder, STAMP), ''));
  if (stamp === null || !folder.endsWith(PREFIX + keyOf(stamp.go))) return false;
  return BUILT.every((name) => {
    const path = join(folder, name);
    const [known, now] = [stamp.binaries[name], statSync(path, { throwIfNoEntry: false })];
    if (now === undefined || now.size !== known.size) return false;
    // Untouched since it was hashed. A copied cache has other times, and is read.
    return now.mtimeMs === known.mtimeMs || hashNow(path) === known.sha256;
  });
}

/** @returns null for what is no stamp */
export function parseStamp(text: string): Stamp | null {
  try {
    return Stamp.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Stamps a folder in which all programs are. */
export async function writeStamp(folder: string, goVersion: string): Promise<void> {
  const entries = BUILT.map(async (name) => {
    const path = join(folder, name);
    const { size, mtimeMs } = statSync(path);
    return [name, { size, mtimeMs, sha256: await sha256Of(path) }] as const;
  });
  const stamp = { go: goVersion, binaries: Object.fromEntries(await Promise.all(entries)) };
  writeFileSync(join(folder, STAMP), `${JSON.stringify(stamp, null, 2)}\n`);
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function hashNow(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
