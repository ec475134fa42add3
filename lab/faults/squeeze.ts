import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoopDisk } from '../loop-disk.ts';
import { isErrno } from '../processes.ts';
import { sleep } from '../wait.ts';
import type { Workspace } from '../workspace.ts';
import { startBackground } from './background.ts';

// Each squeezes the group in which the lab's daemons and shims run. Files: Documentation/admin-guide/cgroup-v2.rst and
// cgroup-v1/{memory,pids,blkio-controller}.rst, Documentation/scheduler/sched-bwc.rst.

/**
 * @param share of one CPU for all daemons together; 0.001 is the least that the kernel takes (1 ms of its longest period)
 * @param period in microseconds: for so long a call may have to wait once the share is used up
 */
export function squeezeCpu({ cgroup }: Workspace, share: number, period = 1_000_000): string {
  const { path, version } = cgroup.directory('cpu');
  const quota = Math.round(period * share);
  if (version === 2) {
    cgroup.set(path, 'cpu.max', `${quota} ${period}`, `max ${period}`);
  } else {
    cgroup.set(path, 'cpu.cfs_period_us', String(period), '100000');
    cgroup.set(path, 'cpu.cfs_quota_us', String(quota), '-1');
  }
  return path;
}

/**
 * Leaves the daemons their anonymous memory and this much for everything else, so that they wait for memory over and
 * over. They are held up, not killed: an OOM kill would stay in the kernel's log and mislead the next diagnosis.
 */
export function squeezeMemory({ cgroup }: Workspace, besidesBytes: number): string {
  const { path, version } = cgroup.directory('memory');
  const stat = readFileSync(join(path, 'memory.stat'), 'utf8');
  const needed = Number(/^(?:anon|total_rss) (\d+)$/m.exec(stat)?.[1] ?? 0);
  if (version === 2) {
    cgroup.set(path, 'memory.high', String(needed + besidesBytes), 'max');
    return path;
  }
  cgroup.set(path, 'memory.oom_control', '1', '0');
  cgroup.set(path, 'memory.limit_in_bytes', '-1', '-1');
  // v1 refuses a limit that it cannot reach at once by reclaim: kernel memory, and pages in use just then.
  let limit = needed + besidesBytes;
  while (!lowered(join(path, 'memory.limit_in_bytes'), limit)) limit += 2 * 1024 * 1024;
  return path;
}

function lowered(path: string, limit: number): boolean {
  try {
    writeFileSync(path, String(limit));
    return true;
  } catch (error) {
    if (isErrno(error, 'EBUSY')) return false;
    throw error;
  }
}

/**
 * Fills the daemons' group with idle processes and allows few more: no shim or runc can be started.
 * @param spare processes and threads that are still allowed
 */
export async function squeezePids(workspace: Workspace, { fillers = 200, spare = 1 } = {}): Promise<string> {
  const { cgroup } = workspace;
  const { path } = cgroup.directory('pids');
  const fill = 'i=0; while [ $i -lt "$1" ]; do sleep 1000000 & i=$((i+1)); done; wait';
  startBackground(workspace, ['/bin/sh', '-c', fill, 'fill', String(fillers)], 'daemons');
  for (let waited = 0; waited < 5000 && current(path) < fillers; waited += 50) await sleep(50);
  await sleep(200);
  cgroup.set(path, 'pids.max', String(current(path) + spare), 'max');
  return path;
}

/** Lets the daemons write this much a second to one disk, and keeps that used up with writes of its own. */
export function squeezeIo(workspace: Workspace, disk: LoopDisk, bytesPerSecond: number): string {
  const { cgroup } = workspace;
  const { path, version } = cgroup.directory('blkio');
  if (version === 2) {
    cgroup.set(path, 'io.max', `${disk.deviceNumber} wbps=${bytesPerSecond}`, `${disk.deviceNumber} wbps=max`);
  } else {
    cgroup.set(
      path,
      'blkio.throttle.write_bps_device',
      `${disk.deviceNumber} ${bytesPerSecond}`,
      `${disk.deviceNumber} 0`,
    );
  }
  const loop = 'while :; do dd if=/dev/zero of="$1" bs=16k count=64 oflag=direct conv=notrunc 2>/dev/null; done';
  startBackground(workspace, ['/bin/sh', '-c', loop, 'write', join(disk.mountPoint, 'busy')], 'daemons');
  return path;
}

function current(path: string): number {
  return Number(readFileSync(join(path, 'pids.current'), 'utf8'));
}
