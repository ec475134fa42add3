import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { isErrno } from '../../processes.ts';
import { SYSTEM_PATH } from '../../run.ts';

export const BUILT = ['kubelet', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl'] as const;
export type BuiltBinary = (typeof BUILT)[number];
export type BinaryName = BuiltBinary | 'etcd';

/** Programs of one Kubernetes version, and an etcd. */
export interface KubernetesBinaries {
  readonly folder: string;
  /** As `v1.20.2`. */
  readonly version: string;
  /** Absolute. */
  path(name: BinaryName): string;
}

/** The programs in a folder; etcd may also be on PATH. @returns names of those that are not there, or the set */
export function binariesIn(folder: string, version: string): KubernetesBinaries | readonly BinaryName[] {
  const etcd = [folder, ...SYSTEM_PATH.split(':')]
    .filter((directory) => directory.startsWith('/'))
    .map((directory) => join(directory, 'etcd'))
    .find(isExecutable);
  const missing = BUILT.filter((name) => !isExecutable(join(folder, name)));
  if (etcd === undefined) return [...missing, 'etcd'];
  if (missing.length > 0) return missing;
  return { folder, version, path: (name) => (name === 'etcd' ? etcd : join(folder, name)) };
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'ELOOP')) return false;
    throw error;
  }
}
