import type { FactOf } from '../../evidence/observation.ts';
import type { Host } from '../../host/host.ts';
import type { SharedReads } from '../shared-reads.ts';

export interface BlockDevice {
  readonly fact: FactOf<'block-device'>;
  /** The name device-mapper gives it (`vg-root`). */
  readonly mappedName: string | null;
  /** Names of the devices that it is made of. */
  readonly slaves: readonly string[];
  readonly partitions: readonly { readonly name: string; readonly majorMinor: string }[];
}

export interface BlockDevices {
  readonly devices: readonly BlockDevice[];
  /** Why /sys/block could not be listed, or that there were more than are looked at. */
  readonly error: string | null;
}

/** A node with more block devices than this is looked at in part. */
const MAX_DEVICES = 256;

/** Whole block devices with content (an unused loop device has none). Source: Documentation/ABI/stable/sysfs-block. */
export async function readBlockDevices({ host }: SharedReads): Promise<BlockDevices> {
  const listed = await host.files.list(host.sys('block'));
  if (!listed.ok) return { devices: [], error: listed.error };
  const names = listed.value.slice(0, MAX_DEVICES);
  const read = await Promise.all(names.map((name) => readBlockDevice(host, name)));
  return {
    devices: read.filter((d) => d !== null),
    error: listed.value.length > MAX_DEVICES ? `only ${MAX_DEVICES} of ${listed.value.length}` : null,
  };
}

async function readBlockDevice(host: Host, name: string): Promise<BlockDevice | null> {
  const line = async (file: string): Promise<string | null> => {
    const read = await host.files.readText(host.sys(`block/${name}/${file}`));
    return read.ok ? read.value.trim() : null;
  };
  const [majorMinor, size] = await Promise.all([line('dev'), line('size')]);
  if (!majorMinor || size === null || size === '0') return null;
  const [readOnly, backingFile, suspended, mappedName, state, slaves, entries] = await Promise.all([
    line('ro'),
    line('loop/backing_file'),
    line('dm/suspended'),
    line('dm/name'),
    line('device/state'),
    host.files.list(host.sys(`block/${name}/slaves`)),
    host.files.list(host.sys(`block/${name}`)),
  ]);
  const parts = (entries.ok ? entries.value : []).filter((entry) => entry.startsWith(name));
  const partitions = await Promise.all(
    parts.map(async (part) => ({ name: part, majorMinor: (await line(`${part}/dev`)) ?? '' })),
  );
  return {
    fact: {
      type: 'block-device',
      name,
      majorMinor,
      readOnly: readOnly === '1',
      backingFile,
      suspended: suspended === null ? null : suspended === '1',
      // NVMe's word for a working device; its others (`dead`, `resetting`) stay.
      state: state === 'live' ? 'running' : state,
    },
    mappedName,
    slaves: slaves.ok ? slaves.value : [],
    partitions: partitions.filter((p) => p.majorMinor !== ''),
  };
}
