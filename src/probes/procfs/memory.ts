import type { FactOf } from '../../evidence/observation.ts';
import { growth } from '../window.ts';
import { parseKeyValues } from './key-values.ts';

const KIB = 1024;

/** /proc/meminfo and two readings of /proc/vmstat as one fact; null where meminfo tells no total. Source: proc_meminfo(5). */
export function memoryFact(
  meminfo: string,
  vmstatBefore: string,
  vmstatAfter: string,
  windowMs: number,
): FactOf<'memory'> | null {
  const info = parseKeyValues(meminfo);
  const total = info.get('MemTotal');
  if (total === undefined) return null;
  const bytes = (name: string): number => (info.get(name) ?? 0) * KIB;
  const before = parseKeyValues(vmstatBefore);
  const after = parseKeyValues(vmstatAfter);
  return {
    type: 'memory',
    totalBytes: total * KIB,
    // MemAvailable came with 3.14; before it, what can be had without swapping is about free memory and the caches.
    availableBytes: info.has('MemAvailable')
      ? bytes('MemAvailable')
      : bytes('MemFree') + bytes('Buffers') + bytes('Cached'),
    swapTotalBytes: bytes('SwapTotal'),
    swapFreeBytes: bytes('SwapFree'),
    oomKillsSinceBoot: after.get('oom_kill') ?? null,
    windowMs,
    directReclaims: growth(directReclaims(before), directReclaims(after)),
    majorFaults: growth(before.get('pgmajfault') ?? 0, after.get('pgmajfault') ?? 0),
  };
}

/** `allocstall` until 4.9, one counter a zone (`allocstall_normal`) since. */
function directReclaims(vmstat: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [name, count] of vmstat) if (name.startsWith('allocstall')) sum += count;
  return sum;
}
