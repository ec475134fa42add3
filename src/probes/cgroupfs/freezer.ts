import type { FactOf } from '../../evidence/observation.ts';
import { parseKeyValues } from '../procfs/key-values.ts';
import type { CgroupFiles } from './files.ts';

export const FREEZER_FILES = { v1: ['freezer.state'], v2: ['cgroup.freeze', 'cgroup.events'] } as const;

/**
 * Whether a cgroup's tasks are stopped by the freezer; null where it has none (a root, a kernel before 5.2 with v2).
 * Source: Documentation/admin-guide/cgroup-v1/freezer-subsystem.rst; cgroup-v2.rst (`frozen` in cgroup.events).
 */
export function cgroupFrozenFact(files: CgroupFiles): FactOf<'cgroup-frozen'> | null {
  const v1 = files.get('freezer.state')?.toLowerCase();
  if (v1 === 'frozen' || v1 === 'freezing' || v1 === 'thawed') return { type: 'cgroup-frozen', state: v1 };
  const wanted = files.get('cgroup.freeze');
  const events = files.get('cgroup.events');
  if (wanted === undefined && events === undefined) return null;
  if (parseKeyValues(events ?? '').get('frozen') === 1) return { type: 'cgroup-frozen', state: 'frozen' };
  return { type: 'cgroup-frozen', state: wanted === '1' ? 'freezing' : 'thawed' };
}
