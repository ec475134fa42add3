import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ScannedInput, ScanProblem } from '../scan-contract.ts';
import type { ArchiveLimits } from './archive/limits.ts';
import { isWanted } from './archive/wanted.ts';
import { within } from './deadline.ts';
import { NOTHING_READ } from './reading.ts';

/** A file to be read. */
export interface Target {
  readonly path: string;
  /** As it is named in what is told of it. */
  readonly file: string;
  /** The folder that it was found in; null where it was named itself. */
  readonly foundIn: string | null;
}

const PATIENCE_MS = 10_000;
const DEEPEST = 16;

/** The files that inputs are: each itself, of folders what in them can matter, and what is to be said of a folder. */
export async function targetsOf(
  inputs: readonly string[],
  limits: ArchiveLimits,
): Promise<readonly (Target | ScannedInput)[]> {
  const targets: (Target | ScannedInput)[] = [];
  for (const path of inputs) {
    if (path === '-' || !(await isFolder(path))) {
      targets.push({ path, file: path === '-' ? 'stdin' : path, foundIn: null });
      continue;
    }
    const { found, problem } = await new FolderWalk(path, limits).run();
    targets.push(...found);
    if (problem !== null) targets.push({ file: path, foundIn: null, modifiedAt: null, ...NOTHING_READ, problem });
  }
  return targets;
}

async function isFolder(path: string): Promise<boolean> {
  // What is wrong with it is found out where it is read.
  const stats = await within(PATIENCE_MS, stat(path)).catch(() => null);
  return stats?.isDirectory() ?? false;
}

/** Follows no link, opens no device. */
class FolderWalk {
  readonly #root: string;
  readonly #limits: ArchiveLimits;
  readonly #found: Target[] = [];
  #seen = 0;
  #problem: ScanProblem | null = null;

  constructor(root: string, limits: ArchiveLimits) {
    this.#root = root;
    this.#limits = limits;
  }

  async run(): Promise<{ readonly found: readonly Target[]; readonly problem: ScanProblem | null }> {
    await this.#walk('', 0);
    const nothing: ScanProblem = { kind: 'nothing-known', detail: '', offset: null };
    return { found: this.#found, problem: this.#problem ?? (this.#found.length === 0 ? nothing : null) };
  }

  async #walk(folder: string, depth: number): Promise<void> {
    for (const entry of await this.#list(folder)) {
      this.#seen += 1;
      const path = join(folder, entry.name);
      if (this.#isTooMuch()) return;
      if (entry.isDirectory() && depth < DEEPEST) await this.#walk(path, depth + 1);
      if (!entry.isFile() || !isWanted(path)) continue;
      const whole = join(this.#root, path);
      this.#found.push({ path: whole, file: whole, foundIn: this.#root });
    }
  }

  async #list(folder: string) {
    try {
      const entries = await within(PATIENCE_MS, readdir(join(this.#root, folder), { withFileTypes: true }));
      return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      this.#problem ??= { kind: code === 'EACCES' ? 'denied' : 'failed', detail: code, offset: null };
      return [];
    }
  }

  #isTooMuch(): boolean {
    const { members, read } = this.#limits;
    if (this.#seen <= members && this.#found.length < read) return false;
    const detail = this.#seen > members ? `more than ${members} files` : `more than ${read} files to read`;
    this.#problem ??= { kind: 'bounded', detail, offset: null };
    return true;
  }
}
