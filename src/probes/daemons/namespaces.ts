import type { Host } from '../../host/host.ts';

/** Whether a process lives in our own namespace of a kind; false where that cannot be told. */
export async function sharesNamespace(host: Host, pid: number, kind: 'mnt' | 'net'): Promise<boolean> {
  const [its, ours] = await Promise.all([
    host.files.readLink(host.proc(`${pid}/ns/${kind}`)),
    host.files.readLink(host.proc(`self/ns/${kind}`)),
  ]);
  return its.ok && ours.ok && its.value === ours.value;
}
