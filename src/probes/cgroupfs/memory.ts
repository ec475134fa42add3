import type { FactOf } from '../../evidence/observation.ts';
import { parseKeyValues } from '../procfs/key-values.ts';
import { growth } from '../window.ts';
import type { CgroupFiles } from './files.ts';

export const MEMORY_FILES = {
  v1: ['memory.usage_in_bytes', 'memory.limit_in_bytes', 'memory.failcnt', 'memory.oom_control'],
  v2: ['memory.current', 'memory.max', 'memory.high', 'memory.events'],
} as const;

/** v1 gives "no limit" as the largest multiple of a page below 2^63. */
const UNLIMITED = 2 ** 62;

/**
 * Memory against its limit; null where the cgroup has no usage file (a root). The limit is the lower of `memory.high`,
 * above which tasks are slowed down, and `memory.max`. Source: Documentation/admin-guide/cgroup-v1/memory.rst, cgroup-v2.rst.
 */
export function cgroupMemoryFact(
  before: CgroupFiles,
  after: CgroupFiles,
  windowMs: number,
): FactOf<'cgroup-memory'> | null {
  const usage = after.get('memory.current') ?? after.get('memory.usage_in_bytes');
  if (usage === undefined) return null;
  const limits = ['memory.max', 'memory.high', 'memory.limit_in_bytes'].map((name) => Number(after.get(name)));
  const limit = Math.min(...limits.filter((n) => n < UNLIMITED));
  const [first, second] = [hits(before), hits(after)];
  return {
    type: 'cgroup-memory',
    usedBytes: Number(usage),
    limitBytes: Number.isFinite(limit) ? limit : null,
    windowMs,
    hits: second === null ? null : growth(first ?? second, second),
    oomKills: oomKills(after),
  };
}

function hits(files: CgroupFiles): number | null {
  const failcnt = files.get('memory.failcnt');
  if (failcnt !== undefined) return Number(failcnt);
  const events = files.get('memory.events');
  if (events === undefined) return null;
  const counts = parseKeyValues(events);
  return (counts.get('max') ?? 0) + (counts.get('high') ?? 0);
}

/** Since the cgroup was made; v1 counts them since 4.13. */
function oomKills(files: CgroupFiles): number | null {
  const text = files.get('memory.events') ?? files.get('memory.oom_control');
  return text === undefined ? null : (parseKeyValues(text).get('oom_kill') ?? null);
}
