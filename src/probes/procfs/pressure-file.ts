export interface PressureLine {
  /** Percent of the last 10, 60 and 300 seconds. */
  readonly avg10: number;
  readonly avg60: number;
  readonly avg300: number;
  /** Stalled since boot (or since the cgroup was made), microseconds. */
  readonly totalUs: number;
}

export interface PressureFile {
  readonly some: PressureLine;
  /** null where the kernel does not give it (for cpu before 5.13). */
  readonly full: PressureLine | null;
}

const LINE = /^(some|full) avg10=([\d.]+) avg60=([\d.]+) avg300=([\d.]+) total=(\d+)$/;

/** /proc/pressure/RESOURCE or a cgroup's RESOURCE.pressure; null if it is none. Source: Documentation/accounting/psi.rst. */
export function parsePressure(text: string): PressureFile | null {
  let some: PressureLine | null = null;
  let full: PressureLine | null = null;
  for (const line of text.split('\n')) {
    const [, kind, avg10, avg60, avg300, totalUs] = LINE.exec(line.trim()) ?? [];
    if (kind === undefined) continue;
    const values = {
      avg10: Number(avg10),
      avg60: Number(avg60),
      avg300: Number(avg300),
      totalUs: Number(totalUs),
    };
    if (kind === 'some') some = values;
    else full = values;
  }
  return some && { some, full };
}
