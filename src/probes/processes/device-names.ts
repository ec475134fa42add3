import type { Host } from '../../host/host.ts';

/** Names of block devices by their numbers, each read once. */
export class DeviceNames {
  readonly #host: Host;
  readonly #names = new Map<string, Promise<string | null>>();

  constructor(host: Host) {
    this.#host = host;
  }

  /** `/dev/loop0`; null for filesystems without a block device (NFS, FUSE, overlay: major 0) and unknown numbers. */
  nameOf(majorMinor: string): Promise<string | null> {
    let name = this.#names.get(majorMinor);
    if (name === undefined) {
      name = this.#read(majorMinor);
      this.#names.set(majorMinor, name);
    }
    return name;
  }

  async #read(majorMinor: string): Promise<string | null> {
    if (majorMinor.startsWith('0:')) return null;
    const path = this.#host.sys(`dev/block/${majorMinor}/uevent`);
    const uevent = await this.#host.files.readText(path, { maxBytes: 4096 });
    const name = uevent.ok ? /^DEVNAME=(.+)$/m.exec(uevent.value)?.[1] : undefined;
    return name === undefined ? null : `/dev/${name}`;
  }
}
