import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from './errors.ts';
import { readMounts } from './mounts.ts';
import type { UndoJournal } from './undo.ts';

const CONTROLLERS = ['cpu', 'memory', 'pids', 'blkio', 'freezer'] as const;
export type Controller = (typeof CONTROLLERS)[number];

/** One mounted hierarchy: all controllers on a v2 host, one or a few on v1. */
interface Hierarchy {
  readonly mountPoint: string;
  readonly version: 1 | 2;
  readonly controllers: readonly string[];
}

/** The hierarchies of this host; on a hybrid one the v2 tree has none of our controllers and is only walked. */
export function hierarchies(): Hierarchy[] {
  return readMounts().flatMap((m): Hierarchy[] => {
    if (m.fsType === 'cgroup') return [{ mountPoint: m.mountPoint, version: 1, controllers: m.superOptions }];
    if (m.fsType !== 'cgroup2') return [];
    const controllers = readFileSync(join(m.mountPoint, 'cgroup.controllers'), 'utf8').trim().split(' ');
    // v2 calls it io, and has the freezer built in.
    return [{ mountPoint: m.mountPoint, version: 2, controllers: controllers.map((c) => (c === 'io' ? 'blkio' : c)) }];
  });
}

/**
 * The lab's own cgroups: `/NAME/daemons` for what it starts itself, `/NAME/containers` for what the runtimes start.
 * A child is born into its parent's cgroup, so nothing started here can be lost from sight, however it forks.
 */
export class LabCgroup {
  readonly name: string;
  readonly #journal: UndoJournal;
  readonly #hierarchies = hierarchies();

  constructor(name: string, journal: UndoJournal) {
    this.name = name;
    this.#journal = journal;
  }

  /** The parent to hand to a runtime. */
  get containers(): string {
    return `/${this.name}/containers`;
  }

  create(): void {
    this.#journal.register({ kind: 'remove-cgroup', name: this.name });
    for (const h of this.#used()) {
      const top = join(h.mountPoint, this.name);
      mkdirSync(top, { recursive: true });
      if (h.version === 2) delegate(h.mountPoint, top);
      mkdirSync(join(top, 'daemons'), { recursive: true });
    }
  }

  /** The command line that starts a program inside `daemons`: it joins before it becomes the program. */
  enter(argv: readonly [string, ...string[]], group = 'daemons'): [string, ...string[]] {
    const folders = this.#used().map((h) => join(h.mountPoint, this.name, group));
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    const files = folders.map((folder) => join(folder, 'cgroup.procs'));
    const script = 'while [ "$1" != -- ]; do echo $$ >"$1" || exit 125; shift; done; shift; exec "$@"';
    return ['/bin/sh', '-c', script, 'sh', ...files, '--', ...argv];
  }

  /** The directory of a group under one controller; created when missing. */
  directory(controller: Controller, group = 'daemons'): { readonly path: string; readonly version: 1 | 2 } {
    const h = this.#hierarchies.find((x) => x.controllers.includes(controller));
    if (!h) {
      throw new LabError({
        en: `this host has no cgroup controller ${controller}`,
        zh: `此主机没有 cgroup 控制器 ${controller}`,
      });
    }
    const path = join(h.mountPoint, this.name, group);
    mkdirSync(path, { recursive: true });
    return { path, version: h.version };
  }

  /** Writes one setting, with the old value (or `restore`) to come back on undo. */
  set(directory: string, file: string, value: string, restore?: string): void {
    const path = join(directory, file);
    const before = restore ?? readFileSync(path, 'utf8').trim();
    this.#journal.register({ kind: 'write', path, value: before });
    writeFileSync(path, value);
  }

  #used(): Hierarchy[] {
    return this.#hierarchies.filter((h) => CONTROLLERS.some((c) => h.controllers.includes(c)));
  }
}

/** v2: a controller works in a group only if every parent passes it on (Documentation/admin-guide/cgroup-v2.rst). */
function delegate(root: string, top: string): void {
  const wanted = readFileSync(join(root, 'cgroup.subtree_control'), 'utf8').trim().split(' ').filter(Boolean);
  const available = readFileSync(join(top, 'cgroup.controllers'), 'utf8').trim().split(' ');
  const passOn = wanted.filter((c) => available.includes(c)).map((c) => `+${c}`);
  if (passOn.length > 0) writeFileSync(join(top, 'cgroup.subtree_control'), passOn.join(' '));
}

/** The group and all below it, the deepest first. */
export function groupsBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  const children = readdirSync(path, { withFileTypes: true }).filter((e) => e.isDirectory());
  return [...children.flatMap((e) => groupsBelow(join(path, e.name))), path];
}
