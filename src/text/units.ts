const DURATION_STEPS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/**
 * A duration as operators write it: `850ms`, `9.8s`, `3m7s`, `2h33m`.
 * @param ms milliseconds, not negative
 */
export function formatDuration(ms: number): string {
  // Below what would round up into the next unit: there is no `1000ms` and no `60s`.
  if (ms < 999.5) return `${Math.round(ms)}ms`;
  if (ms < 59_950) return `${trimZero((ms / 1000).toFixed(1))}s`;
  let rest = Math.round(ms / 1000) * 1000;
  const parts: string[] = [];
  for (const [unit, size] of DURATION_STEPS) {
    const n = Math.floor(rest / size);
    rest -= n * size;
    if (n > 0) parts.push(`${n}${unit}`);
    if (parts.length === 2) break;
  }
  return parts.join('');
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** A size with a binary unit: `512 B`, `1.5 GiB`. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? value : trimZero(value.toFixed(1))} ${BYTE_UNITS[unit]}`;
}

/** A share of one as a percentage: `0.934` is `93 %`. */
export function formatShare(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function trimZero(s: string): string {
  return s.endsWith('.0') ? s.slice(0, -2) : s;
}
