import type { Host } from '../host/host.ts';
import { type GapReason, gapReason } from './gaps.ts';

export interface OpenDescriptor {
  readonly pid: number;
  readonly fd: string;
  /** Where /proc/PID/fd/FD leads: a path, `socket:[1]`, `anon_inode:inotify`. */
  readonly target: string;
}

export interface DescriptorScan {
  readonly found: readonly OpenDescriptor[];
  /** Descriptors of each process that could be listed. */
  readonly counts: ReadonlyMap<number, number>;
  /** Why there may be more: a bound was reached, or a process could not be looked into; null: these are all. */
  readonly missed: GapReason | null;
}

const MAX_PROCESSES = 600;
const MAX_LINKS = 10_000;
const AT_ONCE = 32;

/** Open descriptors of processes whose target is wanted, in the order of `pids` and within bounds. */
export async function scanDescriptors(
  host: Host,
  pids: readonly number[],
  wanted: (target: string) => boolean,
): Promise<DescriptorScan> {
  const found: OpenDescriptor[] = [];
  const counts = new Map<number, number>();
  let missed: GapReason | null = pids.length <= MAX_PROCESSES ? null : 'budget';
  let links = 0;
  for (const chunk of chunksOf(pids.slice(0, MAX_PROCESSES), AT_ONCE)) {
    if (links >= MAX_LINKS) {
      missed = 'budget';
      break;
    }
    const lists = await Promise.all(chunk.map((pid) => host.files.list(host.proc(`${pid}/fd`))));
    const descriptors = lists.flatMap((list, i) => {
      const pid = chunk[i];
      if (!list.ok || pid === undefined) {
        // A process that ended meanwhile is not missed.
        const why = list.ok ? null : gapReason(list.error);
        if (why !== 'absent') missed ??= why;
        return [];
      }
      counts.set(pid, list.value.length);
      return list.value.map((fd) => ({ pid, fd }));
    });
    links += descriptors.length;
    const targets = await Promise.all(
      descriptors.map(({ pid, fd }) => host.files.readLink(host.proc(`${pid}/fd/${fd}`))),
    );
    targets.forEach((target, i) => {
      const descriptor = descriptors[i];
      if (target.ok && descriptor && wanted(target.value)) found.push({ ...descriptor, target: target.value });
    });
  }
  return { found, counts, missed };
}

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let i = 0; i < items.length; i += size) chunks.push(items.slice(i, i + size));
  return chunks;
}
