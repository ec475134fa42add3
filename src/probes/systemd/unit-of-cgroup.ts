import { parseCgroup } from '../procfs/cgroup.ts';

/**
 * The service a process belongs to, by /proc/PID/cgroup: the unit is a folder of systemd's hierarchy (v1
 * `name=systemd`, or the v2 tree). Null for scopes, slices and processes that systemd did not start.
 * Source: cgroups(7), systemd's "Control Group APIs and Delegation".
 */
export function unitOfCgroup(text: string): string | null {
  const lines = parseCgroup(text);
  const tree = lines.find((l) => l.controllers.includes('name=systemd')) ?? lines.find((l) => l.hierarchy === 0);
  return /\/([^/]+\.service)(?:\/|$)/.exec(tree?.path ?? '')?.[1] ?? null;
}
