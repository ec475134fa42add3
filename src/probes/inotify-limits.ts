import { entityId } from '../evidence/entity.ts';
import type { Host } from '../host/host.ts';
import type { Survey } from '../host/survey.ts';
import { findDaemons } from './daemons/identify.ts';
import { chunksOf, type OpenDescriptor, scanDescriptors } from './descriptors.ts';
import { gapReason, observeGap, sourceEnd } from './gaps.ts';
import type { ProbeContext } from './probe.ts';

const INOTIFY = 'anon_inode:inotify';
/** fdinfo of an instance has a line for each watch. */
const MAX_FDINFO_BYTES = 4 << 20;
const MAX_STATUS_BYTES = 4096;

/**
 * inotify instances and watches of root against the limits per user: the kubelet, the runtimes and most containers share
 * root's, as the kernel counts by user and not by container. Source: inotify(7), fs/notify/inotify/inotify_user.c.
 */
export async function noteInotify({ host, record }: ProbeContext, survey: Survey): Promise<void> {
  const source = record.source('anon_inode:inotify among /proc/*/fd', 'ls -l /proc/*/fd 2>/dev/null | grep -c inotify');
  const [instances, watches, pids] = await Promise.all([
    host.files.readText(host.proc('sys/fs/inotify/max_user_instances')),
    host.files.readText(host.proc('sys/fs/inotify/max_user_watches')),
    rootPids(host, survey),
  ]);
  if (!instances.ok) {
    observeGap(source, 'open-files', gapReason(instances.error), `max_user_instances: ${instances.error}`);
    source.end(sourceEnd([instances.error]));
    return;
  }
  const { found, missed } = await scanDescriptors(host, pids, (target) => target === INOTIFY);
  const limit = { type: 'limit', scope: 'user', subject: 'root', hits: null } as const;
  const node = [entityId.node()];
  source.observe({ ...limit, resource: 'inotify-instances', used: found.length, max: Number(instances.value) }, node);
  if (watches.ok) {
    const used = await countWatches(host, found);
    source.observe({ ...limit, resource: 'inotify-watches', used, max: Number(watches.value) }, node);
  }
  // Not all processes were looked into, so the counts are the least there are.
  if (missed !== null) observeGap(source, 'open-files', missed, `inotify: at least ${found.length}`);
  source.end({ status: missed === null ? 'ok' : 'partial' });
}

/** Processes of root, the daemons first; kernel threads have no descriptors. */
async function rootPids(host: Host, survey: Survey): Promise<number[]> {
  const daemons = findDaemons(survey).map((d) => d.process.pid);
  const others = [...survey.processes.values()]
    .filter((p) => p.pid !== 2 && p.ppid !== 2 && p.state !== 'Z' && !daemons.includes(p.pid))
    .map((p) => p.pid);
  const owned: number[] = [];
  for (const chunk of chunksOf([...daemons, ...others], 256)) {
    const reads = await Promise.all(
      chunk.map((pid) => host.files.readText(host.proc(`${pid}/status`), { maxBytes: MAX_STATUS_BYTES })),
    );
    reads.forEach((read, i) => {
      const pid = chunk[i];
      if (pid !== undefined && read.ok && /^Uid:\s+0\s/m.test(read.value)) owned.push(pid);
    });
  }
  return owned;
}

async function countWatches(host: Host, instances: readonly OpenDescriptor[]): Promise<number> {
  const reads = await Promise.all(
    instances.map(({ pid, fd }) =>
      host.files.readText(host.proc(`${pid}/fdinfo/${fd}`), { maxBytes: MAX_FDINFO_BYTES }),
    ),
  );
  return reads.reduce((sum, read) => sum + (read.ok ? (read.value.match(/^inotify wd:/gm)?.length ?? 0) : 0), 0);
}
