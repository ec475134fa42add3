/** Counters of one block device since boot. */
export interface DiskStats {
  readonly name: string;
  readonly majorMinor: string;
  readonly reads: number;
  readonly readSectors: number;
  readonly readMs: number;
  readonly writes: number;
  readonly writtenSectors: number;
  readonly writeMs: number;
  readonly inFlight: number;
  /** Time with a request in flight. */
  readonly busyMs: number;
  /** Discards and flushes: completed, and the time they took. */
  readonly others: number;
  readonly othersMs: number;
}

/** A sector of /proc/diskstats, whatever the device's own size. */
export const SECTOR_BYTES = 512;

/**
 * /proc/diskstats by `major:minor`. Lines have 14 fields, 18 since 4.18 (discards), 20 since 5.5 (flushes).
 * Source: Documentation/admin-guide/iostats.rst.
 */
export function parseDiskStats(text: string): ReadonlyMap<string, DiskStats> {
  const disks = new Map<string, DiskStats>();
  for (const line of text.split('\n')) {
    const fields = line.trim().split(/\s+/);
    const [major, minor, name] = fields;
    const n = fields.slice(3).map(Number);
    if (!major || !minor || !name || n.length < 11 || !n.every(Number.isFinite)) continue;
    const at = (index: number): number => n[index] ?? 0;
    const majorMinor = `${major}:${minor}`;
    disks.set(majorMinor, {
      name,
      majorMinor,
      reads: at(0),
      readSectors: at(2),
      readMs: at(3),
      writes: at(4),
      writtenSectors: at(6),
      writeMs: at(7),
      inFlight: at(8),
      busyMs: at(9),
      others: at(11) + at(15),
      othersMs: at(14) + at(16),
    });
  }
  return disks;
}
