import { entityId } from '../evidence/entity.ts';
import { readBlockDevices } from './block-devices.ts';
import { findDataRoots } from './data-roots.ts';
import { DeviceLayers } from './device-layers.ts';
import { noteFuseConnections } from './fuse-connections.ts';
import { gapReason, observeGap, sourceEnd } from './gaps.ts';
import { mountId, noteMounts } from './mount-entities.ts';
import { isFuse, selectMounts } from './mount-selection.ts';
import { readMountTree } from './mount-table.ts';
import type { Probe, ProbeContext } from './probe.ts';
import type { MountInfo } from './procfs/mountinfo.ts';
import { noteStatfs } from './statfs-of-mounts.ts';

/** The filesystems that matter to kubelet and runtime: what they are, whether they answer and how full they are. */
export const mountsProbe: Probe = { name: 'mounts', topics: ['mounts', 'filesystems'], run };

async function run(context: ProbeContext): Promise<void> {
  const { host, record } = context;
  const source = record.source('/proc/1/mountinfo', 'cat /proc/1/mountinfo');
  const [tree, survey, { devices }] = await Promise.all([
    readMountTree(host),
    context.survey(),
    readBlockDevices(host),
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
