import { existsSync, lstatSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { isErrno } from './processes.ts';
import type { UndoJournal } from './undo.ts';

/**
 * What dockerd and containerd create outside the folders they are given, whatever their flags say: the deepest last.
 * dockerd: trust key and plugin sockets; containerd's shims: their sockets; kubelet: the logs of its pods.
 */
const STRAYS = [
  '/etc/docker',
  '/etc/docker/key.json',
  '/run/docker',
  '/run/docker/plugins',
  '/run/containerd',
  '/run/containerd/s',
  '/var/log/pods',
  '/var/log/containers',
];

/** Notes those that are not there yet, so that they go again with the lab. */
export function registerStrays(journal: UndoJournal): void {
  for (const path of STRAYS.filter((p) => !existsSync(p))) journal.register({ kind: 'remove-stray', path });
}

/** Removes an empty directory or the key file; a directory that someone else uses by now stays. */
export function removeStray(path: string): void {
  if (!STRAYS.includes(path) || !existsSync(path)) return;
  try {
    if (lstatSync(path).isDirectory()) {
      if (readdirSync(path).length === 0) rmdirSync(path);
    } else {
      unlinkSync(path);
    }
  } catch (error) {
    if (!isErrno(error, 'ENOENT', 'ENOTEMPTY')) throw error;
  }
}
