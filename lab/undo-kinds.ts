import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { removeCgroupTree } from './cgroup-removal.ts';
import { removePodLogs } from './cluster/pod-logs.ts';
import { restoreSysctl } from './cluster/sysctls.ts';
import { isLabFolder } from './folder.ts';
import { assertOwnLoopMount } from './loop-guard.ts';
import { mountAt, mountsBelow } from './mounts.ts';
import { isRunning, type ProcessId, signal } from './processes.ts';
import { runSync } from './run.ts';
import { removeShimSockets } from './shim-sockets.ts';
import { removeStray } from './strays.ts';
import { sleepSync } from './wait.ts';

/** How to take one act back: a kind and its arguments, nothing that lives only in memory. Each may be done twice. */
export type Undo =
  | { readonly kind: 'thaw'; readonly mountPoint: string }
  | ({ readonly kind: 'resume' } & ProcessId)
  | ({ readonly kind: 'end' } & ProcessId)
  /** Restores a setting of a cgroup of the lab. */
  | { readonly kind: 'write'; readonly path: string; readonly value: string }
  | { readonly kind: 'remove-container'; readonly socket: string; readonly container: string }
  /** Ends every process in the lab's cgroups, then removes them. */
  | { readonly kind: 'remove-cgroup'; readonly name: string }
  | { readonly kind: 'unmount'; readonly path: string }
  /** Lets a file of the lab be deleted again. */
  | { readonly kind: 'clear-immutable'; readonly path: string }
  | { readonly kind: 'unmount-below'; readonly folder: string }
  | { readonly kind: 'detach-loop'; readonly backingFile: string }
  | { readonly kind: 'remove-file'; readonly path: string }
  | { readonly kind: 'move-back'; readonly from: string; readonly to: string }
  /** Sockets that the lab's shims left outside its folder. */
  | { readonly kind: 'remove-shim-sockets'; readonly folder: string }
  /** A well-known path that a daemon creates and that was not there before. */
  | { readonly kind: 'remove-stray'; readonly path: string }
  /** Logs that the lab's pods left in the host's /var/log. */
  | { readonly kind: 'remove-pod-logs'; readonly folder: string }
  | { readonly kind: 'restore-sysctl'; readonly name: string; readonly value: string }
  | { readonly kind: 'remove-folder'; readonly folder: string };

type UndoOf<K extends Undo['kind']> = Extract<Undo, { kind: K }>;

const PERFORM: { readonly [K in Undo['kind']]: (undo: UndoOf<K>, labFolder: string) => void } = {
  thaw: ({ mountPoint }, labFolder) => thaw(mountPoint, labFolder),
  resume: (id) => {
    signal(id, 'SIGCONT');
  },
  end: (id) => end(id),
  write: ({ path, value }, labFolder) => restore(path, value, labFolder),
  'remove-container': ({ socket, container }) => removeContainer(socket, container),
  'remove-cgroup': ({ name }) => removeCgroupTree(name),
  unmount: ({ path }, labFolder) => unmount(path, labFolder),
  'clear-immutable': ({ path }, labFolder) => clearImmutable(path, labFolder),
  'unmount-below': ({ folder }, labFolder) => {
    for (const { mountPoint } of mountsBelow(folder)) unmount(mountPoint, labFolder);
  },
  'detach-loop': ({ backingFile }) => detachLoop(backingFile),
  'remove-file': ({ path }, labFolder) => {
    assertBelow(path, labFolder);
    rmSync(path, { force: true });
  },
  'move-back': ({ from, to }, labFolder) => {
    assertBelow(from, labFolder);
    assertBelow(to, labFolder);
    if (existsSync(from)) renameSync(from, to);
  },
  'remove-shim-sockets': ({ folder }) => removeShimSockets(folder),
  'remove-stray': ({ path }) => removeStray(path),
  'remove-pod-logs': ({ folder }) => removePodLogs(folder),
  'restore-sysctl': ({ name, value }) => restoreSysctl(name, value),
  'remove-folder': ({ folder }) => removeFolder(folder),
};

/**
 * Takes one act back. Blocks until it is done.
 * @throws Error when it is not done; nothing outside the lab is touched in any case
 */
export function performUndo(undo: Undo, labFolder: string): void {
  const perform = PERFORM[undo.kind] as (undo: Undo, labFolder: string) => void;
  perform(undo, labFolder);
}

function thaw(mountPoint: string, labFolder: string): void {
  if (mountAt(mountPoint) === null) return;
  assertOwnLoopMount(mountPoint, labFolder);
  const done = runSync(['fsfreeze', '--unfreeze', mountPoint]);
  // EINVAL: it is not frozen (any more).
  if (done.code !== 0 && !/Invalid argument/.test(done.stderr)) throw new Error(done.stderr.trim());
}

function end(id: ProcessId): void {
  if (!signal(id, 'SIGKILL')) return;
  for (let waited = 0; waited < 3000 && isRunning(id); waited += 50) sleepSync(50);
}

function restore(path: string, value: string, labFolder: string): void {
  const name = labFolder.split('/').at(-1) ?? '';
  if (!path.startsWith('/sys/fs/cgroup/') || !path.split('/').includes(name)) {
    throw new Error(`${path} is no cgroup of this lab`);
  }
  if (existsSync(path)) writeFileSync(path, value);
}

function removeContainer(socket: string, container: string): void {
  if (!existsSync(socket)) return;
  const done = runSync(['docker', '-H', `unix://${socket}`, 'rm', '--force', '--volumes', container], 8000);
  if (done.code === 0 || /No such container|Cannot connect|connection refused/.test(done.stderr)) return;
  throw new Error(done.stderr.trim() || `container ${container} was not removed in time`);
}

function unmount(path: string, labFolder: string): void {
  assertBelow(path, labFolder);
  while (mountAt(path) !== null) {
    if (runSync(['umount', path]).code === 0) continue;
    const lazily = runSync(['umount', '--lazy', '--force', path]);
    if (lazily.code !== 0 && mountAt(path) !== null) throw new Error(lazily.stderr.trim());
  }
}

function clearImmutable(path: string, labFolder: string): void {
  assertBelow(path, labFolder);
  if (!existsSync(path)) return;
  const done = runSync(['chattr', '-i', path]);
  if (done.code !== 0) throw new Error(done.stderr.trim());
}

function detachLoop(backingFile: string): void {
  const listed = runSync(['losetup', '--associated', backingFile, '--noheadings', '--output', 'NAME']);
  for (const device of listed.stdout.split('\n').filter((d) => d.startsWith('/dev/loop'))) {
    const done = runSync(['losetup', '--detach', device]);
    if (done.code !== 0 && !/No such device/.test(done.stderr)) throw new Error(done.stderr.trim());
  }
}

function removeFolder(folder: string): void {
  if (!isLabFolder(folder)) throw new Error(`${folder} is no folder of a lab`);
  const left = mountsBelow(folder)[0];
  if (left) throw new Error(`${left.mountPoint} is still mounted`);
  rmSync(folder, { recursive: true, force: true });
}

function assertBelow(path: string, labFolder: string): void {
  if (!isLabFolder(labFolder) || !path.startsWith(`${labFolder}/`))
    throw new Error(`${path} is not below ${labFolder}`);
}
