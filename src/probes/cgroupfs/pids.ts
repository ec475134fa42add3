import type { FactOf } from '../../evidence/observation.ts';
import { parseKeyValues } from '../procfs/key-values.ts';
import type { CgroupFiles } from './files.ts';

/** The same in v1 and v2. */
export const PIDS_FILES = ['pids.current', 'pids.max', 'pids.events'] as const;

/** Tasks of a cgroup against its limit; null where it has no such files (a root). Source: Documentation/admin-guide/cgroup-v1/pids.rst. */
export function cgroupPidsFact(path: string, files: CgroupFiles): FactOf<'limit'> | null {
  const used = Number(files.get('pids.current'));
  const max = files.get('pids.max');
  if (!Number.isFinite(used) || max === undefined) return null;
  const events = files.get('pids.events');
  return {
    type: 'limit',
    resource: 'pids',
    scope: 'cgroup',
    subject: path,
    used,
    max: max === 'max' ? null : Number(max),
    hits: events === undefined ? null : (parseKeyValues(events).get('max') ?? null),
  };
}
