import { type EntityId, entityId } from '../evidence/entity.ts';
import type { FactOf } from '../evidence/observation.ts';
import type { ProbeRecorder, SourceRecorder } from '../evidence/recorder.ts';
import { type BlockDevice, readBlockDevices } from './disks/block-devices.ts';
import { gapReason, observeGap, sourceEnd } from './gaps.ts';
import type { Probe, ProbeContext } from './probe.ts';
import { type DiskStats, parseDiskStats, SECTOR_BYTES } from './procfs/disk-stats.ts';
import { growth, sampleTwice } from './window.ts';

/** Block devices in use: what state they are in and how fast they answer. */
export const disksProbe: Probe = { name: 'disks', topics: ['disks'], run };

async function run(context: ProbeContext): Promise<void> {
  const { host, record } = context;
  const state = record.source('/sys/block', 'lsblk -o NAME,MAJ:MIN,RO,STATE,TYPE,MOUNTPOINT');
  const activity = record.source('/proc/diskstats', 'iostat -x 1 2');
  const [{ devices, error }, { before, after, windowMs }] = await Promise.all([
    context.share(readBlockDevices),
    sampleTwice(context, () => host.files.readText(host.proc('diskstats'))),
  ]);
  noteDevices(record, state, devices);
  if (error !== null) observeGap(state, 'disks', gapReason(error), `/sys/block: ${error}`);
  state.end(error === null ? { status: 'ok' } : sourceEnd([error]));

  if (!after.ok) {
    observeGap(activity, 'disks', gapReason(after.error), `/proc/diskstats: ${after.error}`, {
      partial: error === null,
    });
    activity.end(sourceEnd([after.error]));
    return;
  }
  const stats = parseDiskStats(after.value);
  const earlier = parseDiskStats(before.ok ? before.value : '');
  for (const device of devices) {
    const [first, second] = [earlier.get(device.fact.majorMinor), stats.get(device.fact.majorMinor)];
    if (first && second) activity.observe(diskActivity(first, second, windowMs), [entityId.device(first.majorMinor)]);
  }
  activity.end({ status: 'ok' });
}

function noteDevices(record: ProbeRecorder, source: SourceRecorder, devices: readonly BlockDevice[]): void {
  for (const { fact, mappedName, partitions } of devices) {
    source.observe(fact, [nameDevice(record, fact, mappedName)]);
    for (const partition of partitions) nameDevice(record, partition, null);
  }
}

function nameDevice(
  record: ProbeRecorder,
  { name, majorMinor }: { readonly name: string; readonly majorMinor: string },
  mappedName: string | null,
): EntityId {
  return record.entity(entityId.device(majorMinor), mappedName ?? name, { majorMinor, device: `/dev/${name}` });
}

/** What a device did between two readings of its counters. */
export function diskActivity(before: DiskStats, after: DiskStats, windowMs: number): FactOf<'disk-activity'> {
  const of = (field: Exclude<keyof DiskStats, 'name' | 'majorMinor'>): number => growth(before[field], after[field]);
  const completed = of('reads') + of('writes') + of('others');
  const spentMs = of('readMs') + of('writeMs') + of('othersMs');
  // Kernels from 5.0 on advance the busy time only when a request starts or ends, so a device that answers nothing
  // at all would look idle.
  const hangs = before.inFlight > 0 && after.inFlight > 0 && completed === 0;
  return {
    type: 'disk-activity',
    name: after.name,
    majorMinor: after.majorMinor,
    windowMs,
    completed,
    readBytes: of('readSectors') * SECTOR_BYTES,
    writtenBytes: of('writtenSectors') * SECTOR_BYTES,
    utilisation: hangs ? 1 : Math.min(of('busyMs') / windowMs, 1),
    awaitMs: completed > 0 ? spentMs / completed : null,
    inFlight: after.inFlight,
  };
}
