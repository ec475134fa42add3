import { lstatSync, readlinkSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isLabFolder } from '../folder.ts';
import { listOr, readOr } from '../processes.ts';

/** Where every kubelet keeps them; no flag moves these (kubernetes 1.20 pkg/kubelet/kuberuntime/kuberuntime_manager.go). */
const PODS = '/var/log/pods';
const CONTAINERS = '/var/log/containers';

const POD_UID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Removes the logs of the pods that the kubelets of one lab speak of in their own logs, and of no others. */
export function removePodLogs(labFolder: string): void {
  if (!isLabFolder(labFolder)) throw new Error(`${labFolder} is no folder of a lab`);
  const logs = listOr(labFolder).filter((name) => /^kubelet.*\.log$/.test(name));
  const uids = new Set(logs.flatMap((name) => readOr(join(labFolder, name), '').match(POD_UID) ?? []));
  const removed = listOr(PODS).filter((name) => uids.has(name.split('_').at(-1) ?? ''));
  for (const name of removed) rmSync(join(PODS, name), { recursive: true, force: true });
  for (const name of listOr(CONTAINERS)) removeLinkInto(join(CONTAINERS, name), removed);
}

function removeLinkInto(path: string, pods: readonly string[]): void {
  if (!lstatSync(path).isSymbolicLink()) return;
  const [, , , , pod = ''] = readlinkSync(path).split('/');
  if (pods.includes(basename(pod))) rmSync(path, { force: true });
}
