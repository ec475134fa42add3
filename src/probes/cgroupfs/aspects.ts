import type { Fact } from '../../evidence/observation.ts';
import { CPU_FILES, cgroupCpuFact } from './cpu.ts';
import type { CgroupFiles } from './files.ts';
import { cgroupFrozenFact, FREEZER_FILES } from './freezer.ts';
import { cgroupIoFacts, IO_FILES } from './io.ts';
import { cgroupMemoryFact, MEMORY_FILES } from './memory.ts';
import { cgroupPressureFacts, PRESSURE_FILES } from './pressure.ts';

/** What one controller tells of a cgroup, and of which cgroups it is worth telling. */
export interface Aspect {
  /** The controller by its v1 names. */
  readonly controller: string;
  readonly files: Readonly<Record<'v1' | 'v2', readonly string[]>>;
  /** Of the root too: it has limits where the node is a container itself. */
  readonly ofRoot: boolean;
  readonly facts: (before: CgroupFiles, after: CgroupFiles, windowMs: number) => readonly (Fact | null)[];
  /** Whether a fact is worth telling of a cgroup that is not a daemon's own. */
  readonly tells: (fact: Fact) => boolean;
}

const always = (): boolean => true;
export const ASPECTS: readonly Aspect[] = [
  {
    controller: 'cpu',
    files: CPU_FILES,
    ofRoot: true,
    facts: (before, after, windowMs) => [cgroupCpuFact(before, after, windowMs)],
    tells: (fact) => fact.type === 'cgroup-cpu' && fact.quotaCpus !== null,
  },
  {
    controller: 'memory',
    files: MEMORY_FILES,
    ofRoot: true,
    facts: (before, after, windowMs) => [cgroupMemoryFact(before, after, windowMs)],
    tells: (fact) => fact.type === 'cgroup-memory' && fact.limitBytes !== null,
  },
  {
    controller: 'blkio',
    files: IO_FILES,
    ofRoot: true,
    facts: (_, after) => cgroupIoFacts(after),
    tells: always,
  },
  {
    controller: 'freezer',
    files: FREEZER_FILES,
    ofRoot: true,
    facts: (_, after) => [cgroupFrozenFact(after)],
    tells: (fact) => fact.type === 'cgroup-frozen' && fact.state !== 'thawed',
  },
  {
    controller: 'pressure',
    files: { v1: [], v2: PRESSURE_FILES },
    facts: cgroupPressureFacts,
    // The root's are the node's own, which the pressure probe tells.
    ofRoot: false,
    tells: always,
  },
];
