import { existsSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupsBelow, hierarchies } from './cgroup.ts';
import { LAB_PREFIX } from './folder.ts';
import { isAlive, isErrno, type ProcessId, readOr, readStat, signal } from './processes.ts';
import { sleepSync } from './wait.ts';

const PATIENCE_MS = 8000;
const REAPING_MS = 3000;

/**
 * Ends every process in the cgroups of one lab and removes them. Blocks until they are gone.
 * @throws Error when something in them does not end: its thaw must come first
 */
export function removeCgroupTree(name: string): void {
  if (!name.startsWith(LAB_PREFIX) || name.includes('/')) throw new Error(`${name} is no cgroup of a lab`);
  const tops = hierarchies().map((h) => join(h.mountPoint, name));
  const ended = new Map<number, ProcessId>();
  for (let waited = 0; ; waited += 100) {
    const groups = tops.flatMap(groupsBelow);
    if (groups.length === 0) break;
    // v1: a frozen task takes its SIGKILL only when it is thawed.
    for (const group of groups) thawTasks(group);
    for (const id of groups.flatMap(endProcesses)) ended.set(id.pid, id);
    for (const group of groups) removeWhenEmpty(group);
    if (waited > PATIENCE_MS) throw new Error(`processes of ${name} do not end: ${remaining(tops)}`);
    sleepSync(100);
  }
  waitForReaping([...ended.values()]);
}

/**
 * Orphans are reaped by PID 1, which may take its time; until then they are zombies that mislead whoever looks next.
 * Our own children are not waited for: Node reaps them, which it cannot while this blocks.
 */
function waitForReaping(ended: readonly ProcessId[]): void {
  const left = (): boolean => ended.some((id) => isAlive(id) && readStat(id.pid)?.ppid !== process.pid);
  for (let waited = 0; waited < REAPING_MS && left(); waited += 50) sleepSync(50);
}

function thawTasks(group: string): void {
  writeIfThere(join(group, 'freezer.state'), 'THAWED');
  writeIfThere(join(group, 'cgroup.freeze'), '0');
}

function endProcesses(group: string): ProcessId[] {
  const inside = pidsIn(group)
    .map((pid) => readStat(pid))
    .filter((stat) => stat !== null);
  writeIfThere(join(group, 'cgroup.kill'), '1');
  for (const process of inside) signal(process, 'SIGKILL');
  return inside;
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
