import { entityId } from '../../evidence/entity.ts';
import type { Host } from '../../host/host.ts';
import type { Survey } from '../../host/survey.ts';
import { FUSE_DEVICE, type OpenDescriptor, scanAllDescriptors } from '../descriptors.ts';
import { type GapReason, gapReason, observeGap, sourceEnd } from '../gaps.ts';
import type { ProbeContext } from '../probe.ts';
import type { MountInfo } from '../procfs/mountinfo.ts';
import { mountId } from './entities.ts';

/**
 * FUSE filesystems live as long as the program that serves them. Tells how many requests wait for it and who it is.
 * Source: Documentation/filesystems/fuse.rst (the control filesystem, `waiting`).
 */
export async function noteFuseConnections(
  context: ProbeContext,
  survey: Survey,
  mounts: readonly MountInfo[],
): Promise<void> {
  if (mounts.length === 0) return;
  const { host, record } = context;
  const source = record.source('/sys/fs/fuse/connections', 'grep . /sys/fs/fuse/connections/*/waiting');
  const { servers, missed } = await findServers(context, mounts);
  const errors: string[] = [];
  const seen = new Set<string>();
  for (const mount of mounts) {
    const connection = connectionOf(mount.majorMinor);
    if (seen.has(connection)) continue;
    seen.add(connection);
    const waiting = await host.files.readText(host.sys(`fs/fuse/connections/${connection}/waiting`));
    if (!waiting.ok) {
      errors.push(waiting.error);
      observeGap(source, 'filesystems', absentIsOpen(waiting.error), `${mount.mountPoint}: fusectl: ${waiting.error}`);
      continue;
    }
    const pid = servers.get(connection) ?? null;
    source.observe(
      {
        type: 'fuse-connection',
        waiting: Number.parseInt(waiting.value, 10) || 0,
        serverPid: pid,
        serverState: pid === null ? null : (survey.processes.get(pid)?.state ?? null),
      },
      [mountId(mount), entityId.device(mount.majorMinor), ...(pid === null ? [] : [entityId.process(pid)])],
    );
  }
  if (missed !== null && [...seen].some((connection) => !servers.has(connection))) {
    observeGap(source, 'filesystems', missed, `${FUSE_DEVICE}: not every process was looked into`);
  }
  source.end(sourceEnd(errors, seen.size));
}

/** The control filesystem may not be mounted: then the question stays open, it is not that there is no connection. */
function absentIsOpen(error: string): ReturnType<typeof gapReason> {
  const why = gapReason(error);
  return why === 'absent' ? 'failed' : why;
}

/** The connection's number is the kernel's own form of the filesystem's device number (MKDEV, include/linux/kdev_t.h). */
export function connectionOf(majorMinor: string): string {
  const [major = 0, minor = 0] = majorMinor.split(':').map(Number);
  return String(major * 2 ** 20 + minor);
}

/** Which process serves which connection. */
async function findServers(
  { host, share }: ProbeContext,
  mounts: readonly MountInfo[],
): Promise<{ servers: ReadonlyMap<string, number>; missed: GapReason | null }> {
  const { found, missed } = await share(scanAllDescriptors);
  const servers = new Map<string, number>();
  const unnamed: number[] = [];
  for (const descriptor of found.filter(({ target }) => target === FUSE_DEVICE)) {
    const connection = await connectionServed(host, descriptor);
    if (connection === null) unnamed.push(descriptor.pid);
    else servers.set(connection, descriptor.pid);
  }
  for (const pid of new Set(unnamed)) {
    const cmdline = await host.files.readText(host.proc(`${pid}/cmdline`), { maxBytes: 65_536 });
    const args = cmdline.ok ? cmdline.value.split('\0') : [];
    const mount = mounts.find((m) => args.includes(m.mountPoint));
    if (mount && !servers.has(connectionOf(mount.majorMinor))) servers.set(connectionOf(mount.majorMinor), pid);
  }
  return { servers, missed };
}

/** Kernels from about 6.17 on say in fdinfo which connection a descriptor of /dev/fuse serves; null on older ones. */
async function connectionServed(host: Host, { pid, fd }: OpenDescriptor): Promise<string | null> {
  const read = await host.files.readText(host.proc(`${pid}/fdinfo/${fd}`));
  return read.ok ? (/^fuse_connection:\s*(\d+)$/m.exec(read.value)?.[1] ?? null) : null;
}
