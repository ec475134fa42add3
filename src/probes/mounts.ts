import { entityId } from '../evidence/entity.ts';
import { readBlockDevices } from './disks/block-devices.ts';
import { gapReason, observeGap, sourceEnd } from './gaps.ts';
import { findDataRoots } from './mounts/data-roots.ts';
import { DeviceLayers } from './mounts/device-layers.ts';
import { mountId, noteMounts } from './mounts/entities.ts';
import { noteFuseConnections } from './mounts/fuse-connections.ts';
import { isFuse, selectMounts } from './mounts/selection.ts';
import { noteStatfs } from './mounts/statfs.ts';
import { readMountTree } from './mounts/table.ts';
import type { Probe, ProbeContext } from './probe.ts';
import type { MountInfo } from './procfs/mountinfo.ts';

/** The filesystems that matter to kubelet and runtime: what they are, whether they answer and how full they are. */
export const mountsProbe: Probe = { name: 'mounts', topics: ['mounts', 'filesystems'], run };

async function run(context: ProbeContext): Promise<void> {
  const { host, record } = context;
  const source = record.source('/proc/1/mountinfo', 'cat /proc/1/mountinfo');
  const [tree, survey, { devices }] = await Promise.all([
    context.share(readMountTree),
    context.survey(),
    context.share(readBlockDevices),
  ]);
  if (!tree.ok) {
    for (const topic of ['mounts', 'filesystems'] as const) {
      observeGap(source, topic, gapReason(tree.error), `/proc/1/mountinfo: ${tree.error}`, { partial: false });
    }
    source.end(sourceEnd([tree.error]));
    return;
  }
  const roots = await findDataRoots(host, survey);
  const roles = new Map<MountInfo, Set<string>>();
  for (const { role, path, owner } of roots) {
    const mount = tree.value.mountOf(path);
    if (!mount) continue;
    roles.set(mount, (roles.get(mount) ?? new Set()).add(role));
    if (owner) record.link(entityId.component(owner.name, owner.pid), 'stored-on', mountId(mount));
  }
  const mounts = selectMounts(tree.value, [...roles.keys()]);
  noteMounts(record, source, mounts, new DeviceLayers(devices));
  source.end({ status: 'ok' });
  await Promise.all([
    noteStatfs(context, tree.value, mounts, roles),
    noteFuseConnections(
      context,
      survey,
      mounts.filter((m) => isFuse(m.fsType)),
    ),
  ]);
}
