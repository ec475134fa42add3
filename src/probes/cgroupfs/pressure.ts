import type { FactOf } from '../../evidence/observation.ts';
import { pressureFact } from '../procfs/pressure-fact.ts';
import { parsePressure } from '../procfs/pressure-file.ts';
import type { CgroupFiles } from './files.ts';

/** v2 only. */
export const PRESSURE_FILES = ['cpu.pressure', 'memory.pressure', 'io.pressure'] as const;

/** Stalls of a cgroup's own tasks; none where the kernel keeps no PSI for it. Source: Documentation/admin-guide/cgroup-v2.rst. */
export function cgroupPressureFacts(
  before: CgroupFiles,
  after: CgroupFiles,
  windowMs: number,
): readonly FactOf<'pressure'>[] {
  return (['cpu', 'memory', 'io'] as const).flatMap((resource) => {
    const file = `${resource}.pressure`;
    const second = parsePressure(after.get(file) ?? '');
    return second === null ? [] : [pressureFact(resource, parsePressure(before.get(file) ?? ''), second, windowMs)];
  });
}
