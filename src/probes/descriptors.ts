import type { Host } from '../host/host.ts';
import { isKernelThread } from '../host/survey.ts';
import { findDaemons } from './daemons/identify.ts';
import { type GapReason, gapReason } from './gaps.ts';
import type { SharedReads } from './shared-reads.ts';

export interface OpenDescriptor {
  readonly pid: number;
  readonly fd: string;
  /** Where /proc/PID/fd/FD leads: a path, `socket:[1]`, `anon_inode:inotify`. */
  readonly target: string;
}

export interface DescriptorScan {
  readonly found: readonly OpenDescriptor[];
  /** Why there may be more: a bound was reached, or a process could not be looked into; null: these are all. */
  readonly missed: GapReason | null;
}

export const INOTIFY = 'anon_inode:inotify';
export const FUSE_DEVICE = '/dev/fuse';

/** Names that FUSE servers bear. */
const FUSE_SERVER = /fuse|fs$|^(?:ceph|gluster|juicefs|goofys|rclone|alluxio|mount)/;

/** Kept free of this scan before the budget ends. */
const RESERVE_MS = 2000;
const MAX_PROCESSES = 600;
const MAX_LINKS = 10_000;
const AT_ONCE = 32;

/**
 * The inotify instances and the descriptors of FUSE servers, in one pass over all processes, daemons and likely servers
 * first.
 */
export async function scanAllDescriptors({ host, survey, deadline }: SharedReads): Promise<DescriptorScan> {
  const table = await survey();
  const daemons = findDaemons(table).map((d) => d.process.pid);
  const others = [...table.processes.values()].filter(
    (p) => !isKernelThread(p) && p.state !== 'Z' && !daemons.includes(p.pid),
  );
  const likely = others.filter((p) => FUSE_SERVER.test(p.comm));
  const rest = others.filter((p) => !FUSE_SERVER.test(p.comm));
  const pids = [...daemons, ...[...likely, ...rest].map((p) => p.pid)];
  const isOver = (): boolean => host.now() > deadline - RESERVE_MS;
  return scanDescriptors(host, pids, (target) => target === INOTIFY || target === FUSE_DEVICE, isOver);
}

/** Open descriptors of processes whose target is wanted, in the order of `pids`, within bounds and until it is over. */
export async function scanDescriptors(
  host: Host,
  pids: readonly number[],
  wanted: (target: string) => boolean,
  isOver: () => boolean = () => false,
): Promise<DescriptorScan> {
  const found: OpenDescriptor[] = [];
  let missed: GapReason | null = pids.length <= MAX_PROCESSES ? null : 'budget';
  let links = 0;
  for (const chunk of chunksOf(pids.slice(0, MAX_PROCESSES), AT_ONCE)) {
    if (links >= MAX_LINKS || isOver()) {
      missed = 'budget';
      break;
    }
    const lists = await Promise.all(chunk.map((pid) => host.files.list(host.proc(`${pid}/fd`), { bulk: true })));
    const descriptors = lists.flatMap((list, i) => {
      const pid = chunk[i];
      if (!list.ok || pid === undefined) {
        // A process that ended meanwhile is not missed.
        const why = list.ok ? null : gapReason(list.error);
        if (why !== 'absent') missed ??= why;
        return [];
      }
      return list.value.map((fd) => ({ pid, fd }));
    });
    links += descriptors.length;
    const targets = await Promise.all(
      descriptors.map(({ pid, fd }) => host.files.readLink(host.proc(`${pid}/fd/${fd}`), { bulk: true })),
    );
    targets.forEach((target, i) => {
      const descriptor = descriptors[i];
      if (target.ok && descriptor && wanted(target.value)) found.push({ ...descriptor, target: target.value });
    });
  }
  return { found, missed };
}

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let i = 0; i < items.length; i += size) chunks.push(items.slice(i, i + size));
  return chunks;
}
