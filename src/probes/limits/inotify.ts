import { entityId } from '../../evidence/entity.ts';
import type { Host } from '../../host/host.ts';
import { chunksOf, INOTIFY, type OpenDescriptor, scanAllDescriptors } from '../descriptors.ts';
import { gapReason, observeGap, sourceEnd } from '../gaps.ts';
import type { ProbeContext } from '../probe.ts';
import { parseProcStatus } from '../procfs/status.ts';

/** fdinfo of an instance has a line for each watch; a few are read at a time. */
const MAX_FDINFO_BYTES = 1 << 20;
const FDINFO_AT_ONCE = 4;
const MAX_STATUS_BYTES = 4096;

/**
 * inotify instances and watches of root against the limits per user: the kubelet, the runtimes and most containers share
 * root's, as the kernel counts by user and not by container. Source: inotify(7), fs/notify/inotify/inotify_user.c.
 */
export async function noteInotify({ host, record, share }: ProbeContext): Promise<void> {
  const source = record.source('anon_inode:inotify among /proc/*/fd', 'ls -l /proc/*/fd 2>/dev/null | grep -c inotify');
  const [instances, watches] = await Promise.all([
    host.files.readText(host.proc('sys/fs/inotify/max_user_instances')),
    host.files.readText(host.proc('sys/fs/inotify/max_user_watches')),
  ]);
  if (!instances.ok) {
    observeGap(source, 'open-files', gapReason(instances.error), `max_user_instances: ${instances.error}`);
    source.end(sourceEnd([instances.error]));
    return;
  }
  const { found: all, missed } = await share(scanAllDescriptors);
  const found = await ofRoot(
    host,
    all.filter(({ target }) => target === INOTIFY),
  );
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

/** Those that processes of root hold. */
async function ofRoot(host: Host, descriptors: readonly OpenDescriptor[]): Promise<readonly OpenDescriptor[]> {
  const pids = [...new Set(descriptors.map(({ pid }) => pid))];
  const statuses = await Promise.all(
    pids.map((pid) => host.files.readText(host.proc(`${pid}/status`), { maxBytes: MAX_STATUS_BYTES, bulk: true })),
  );
  const owned = new Set(pids.filter((_, i) => statuses[i]?.ok && parseProcStatus(statuses[i].value).uid === 0));
  return descriptors.filter(({ pid }) => owned.has(pid));
}

async function countWatches(host: Host, instances: readonly OpenDescriptor[]): Promise<number> {
  let watches = 0;
  for (const chunk of chunksOf(instances, FDINFO_AT_ONCE)) {
    const reads = await Promise.all(
      chunk.map(({ pid, fd }) =>
        host.files.readText(host.proc(`${pid}/fdinfo/${fd}`), { maxBytes: MAX_FDINFO_BYTES, bulk: true }),
      ),
    );
    for (const read of reads) watches += read.ok ? (read.value.match(/^inotify wd:/gm)?.length ?? 0) : 0;
  }
  return watches;
}
