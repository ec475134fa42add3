import { existsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { groupsBelow, hierarchies } from '../../lab/cgroup.ts';
import { LAB_PREFIX } from '../../lab/folder.ts';
import { mountsBelow, readMounts } from '../../lab/mounts.ts';
import { allProcesses, listOr, readOr } from '../../lab/processes.ts';
import { runSync } from '../../lab/run.ts';
import { sleep } from '../../lab/wait.ts';

/** Where daemons of a node leave files, whatever folders they are given. */
const PLACES = [
  tmpdir(),
  homedir(),
  ...['/run', '/run/containerd', '/run/docker', '/run/lock', '/dev/shm', '/etc', '/etc/cni', '/etc/docker', '/opt'],
  ...['/var/lib', '/var/lib/cni', '/var/log', '/var/log/pods', '/var/log/containers', '/usr/libexec'],
];

/** What a lab may have left of its own: its folder, mounts, cgroups, loop devices and processes. */
function leftOf(folder: string): string[] {
  const groups = hierarchies().flatMap((h) => groupsBelow(join(h.mountPoint, basename(folder))));
  const loops = runSync(['losetup', '--list', '--noheadings', '--output', 'NAME,BACK-FILE']).stdout.split('\n');
  const processes = allProcesses().filter((p) =>
    ['cmdline', 'cgroup', 'environ'].some((file) => readOr(`/proc/${p.pid}/${file}`, '').includes(basename(folder))),
  );
  return [
    ...(existsSync(folder) ? [folder] : []),
    ...mountsBelow(folder).map((m) => m.mountPoint),
    ...groups,
    ...loops.filter((line) => line.includes(folder)),
    ...processes.map((p) => `${p.pid} ${p.comm}`),
  ];
}

/** What is left once the lab's guardian, who ends last, has had the time for it. */
export async function leftInTheEnd(folder: string): Promise<string[]> {
  for (let waited = 0; waited < 10_000 && leftOf(folder).length > 0; waited += 200) await sleep(200);
  return leftOf(folder);
}

/** Names of all that a lab must not add to: network interfaces, mounts, top cgroups, and files where daemons leave some. */
export function machineState(): ReadonlySet<string> {
  const below = (folder: string): string[] => listOr(folder).map((name) => join(folder, name));
  const cgroups = hierarchies().flatMap((h) => below(h.mountPoint));
  return new Set([
    ...below('/sys/class/net'),
    ...readMounts().map((m) => `mount ${m.mountPoint}`),
    // Another lab may come or go meanwhile.
    ...[...cgroups, ...PLACES.flatMap(below)].filter((path) => !basename(path).startsWith(LAB_PREFIX)),
  ]);
}

/** What is there now and was not then. */
export function addedSince(before: ReadonlySet<string>): string[] {
  return [...machineState()].filter((name) => !before.has(name));
}
