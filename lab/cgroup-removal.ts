import { existsSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupsBelow, hierarchies } from './cgroup.ts';
import { LAB_PREFIX } from './folder.ts';
import { identify, isErrno, readOr, readStat, signal } from './processes.ts';
import { sleepSync } from './wait.ts';

const PATIENCE_MS = 8000;

/**
 * Ends every process in the cgroups of one lab and removes them. Blocks until they are gone.
 * @throws Error when something in them does not end: its thaw must come first
 */
export function removeCgroupTree(name: string): void {
  if (!name.startsWith(LAB_PREFIX) || name.includes('/')) throw new Error(`${name} is no cgroup of a lab`);
  const tops = hierarchies().map((h) => join(h.mountPoint, name));
  for (let waited = 0; ; waited += 100) {
    const groups = tops.flatMap(groupsBelow);
    if (groups.length === 0) return;
    // v1: a frozen task takes its SIGKILL only when it is thawed.
    for (const group of groups) thawTasks(group);
    for (const group of groups) endProcesses(group);
    for (const group of groups) removeWhenEmpty(group);
    if (waited > PATIENCE_MS) throw new Error(`processes of ${name} do not end: ${remaining(tops)}`);
    sleepSync(100);
  }
}

function thawTasks(group: string): void {
  writeIfThere(join(group, 'freezer.state'), 'THAWED');
  writeIfThere(join(group, 'cgroup.freeze'), '0');
}

function endProcesses(group: string): void {
  writeIfThere(join(group, 'cgroup.kill'), '1');
  for (const pid of pidsIn(group)) {
    if (readStat(pid)) signal(identify(pid), 'SIGKILL');
  }
}

function removeWhenEmpty(group: string): void {
  try {
    rmdirSync(group);
  } catch (error) {
    if (!isErrno(error, 'EBUSY', 'ENOENT', 'ENOTEMPTY')) throw error;
  }
}

function writeIfThere(path: string, value: string): void {
  if (!existsSync(path)) return;
  try {
    writeFileSync(path, value);
  } catch (error) {
    // The root of a hierarchy cannot be frozen, and a group may be gone meanwhile.
    if (!isErrno(error, 'ENOENT', 'EINVAL', 'ENODEV', 'EOPNOTSUPP')) throw error;
  }
}

function pidsIn(group: string): number[] {
  return readOr(join(group, 'cgroup.procs'), '').split('\n').filter(Boolean).map(Number);
}

function remaining(tops: readonly string[]): string {
  const pids = new Set(tops.flatMap(groupsBelow).flatMap(pidsIn));
  return [...pids].map((pid) => `${pid} ${readStat(pid)?.comm} ${readStat(pid)?.state}`).join(', ') || 'group busy';
}
