import type { BlockDevice } from '../disks/block-devices.ts';

/** Which block devices lie on which: partitions on their disk, mapped and RAID devices on what they are made of. */
export class DeviceLayers {
  readonly #byName = new Map<string, string>();
  readonly #below = new Map<string, readonly string[]>();

  constructor(devices: readonly BlockDevice[]) {
    for (const { fact, mappedName, partitions } of devices) {
      this.#byName.set(fact.name, fact.majorMinor);
      if (mappedName !== null) this.#byName.set(`mapper/${mappedName}`, fact.majorMinor);
      for (const { name, majorMinor } of partitions) {
        this.#byName.set(name, majorMinor);
        this.#below.set(majorMinor, [fact.majorMinor]);
      }
    }
    for (const { fact, slaves } of devices) {
      if (slaves.length > 0)
        this.#below.set(
          fact.majorMinor,
          slaves.flatMap((name) => this.#byName.get(name) ?? []),
        );
    }
  }

  /** Device number of `/dev/sda1` or `/dev/mapper/vg-root`. */
  numberOf(path: string): string | null {
    return path.startsWith('/dev/') ? (this.#byName.get(path.slice('/dev/'.length)) ?? null) : null;
  }

  /** Device numbers of all that lies below a device, the nearest first. */
  below(majorMinor: string): readonly string[] {
    const found = new Set<string>();
    let layer: readonly string[] = [majorMinor];
    while (layer.length > 0) {
      layer = layer.flatMap((n) => this.#below.get(n) ?? []).filter((n) => !found.has(n) && n !== majorMinor);
      for (const n of layer) found.add(n);
    }
    return [...found];
  }
}
