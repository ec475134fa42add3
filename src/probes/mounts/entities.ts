import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { FactOf } from '../../evidence/observation.ts';
import type { ProbeRecorder, SourceRecorder } from '../../evidence/recorder.ts';
import type { MountInfo } from '../procfs/mountinfo.ts';
import type { DeviceLayers } from './device-layers.ts';

export function mountId(mount: MountInfo): EntityId {
  return entityId.mount('host', mount.majorMinor, mount.mountPoint);
}

/** Names mounts and devices, tells what each mount is and links it to its device and to all below that. */
export function noteMounts(
  record: ProbeRecorder,
  source: SourceRecorder,
  mounts: readonly MountInfo[],
  layers: DeviceLayers,
): void {
  for (const mount of mounts) {
    const { majorMinor, mountPoint, source: device, fsType } = mount;
    const id = record.entity(mountId(mount), mountPoint, { path: mountPoint, device, majorMinor, fsType });
    const deviceId = record.entity(entityId.device(majorMinor), device, { majorMinor });
    record.link(id, 'on-device', deviceId);
    // btrfs gives its mounts a device number of their own (0:N); the disk is in the source.
    const disk = majorMinor.startsWith('0:') ? layers.numberOf(device) : null;
    const below = disk === null ? layers.below(majorMinor) : [disk, ...layers.below(disk)];
    for (const number of below) record.link(id, 'on-device', entityId.device(number));
    source.observe(mountFact(mount), [id, deviceId]);
  }
}

export function mountFact(mount: MountInfo): FactOf<'mount'> {
  return {
    type: 'mount',
    namespace: 'host',
    mountPoint: mount.mountPoint,
    root: mount.root,
    fsType: mount.fsType,
    source: mount.source,
    majorMinor: mount.majorMinor,
    readOnly: mount.options.includes('ro') || mount.superOptions.includes('ro'),
    remountedReadOnly: fellBack(mount),
  };
}

const NEVER_WRITABLE = /^(?:squashfs|erofs|iso9660|udf|cramfs|romfs|fuse\.squashfuse)$/;

/**
 * Whether the filesystem gave up writing by itself: its superblock turned read-only under a mount that asks to write. ext4
 * says so in words of its own since 6.14 and leaves the superblock `rw` (fs/ext4/super.c, _ext4_show_options).
 */
function fellBack({ fsType, options, superOptions }: MountInfo): boolean {
  if (NEVER_WRITABLE.test(fsType)) return false;
  if (superOptions.includes('emergency_ro') || superOptions.includes('shutdown')) return true;
  return options.includes('rw') && superOptions.includes('ro');
}
