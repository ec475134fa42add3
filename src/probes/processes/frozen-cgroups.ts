import { entityId } from '../../evidence/entity.ts';
import { readCgroupFiles } from '../cgroupfs/files.ts';
import { cgroupFrozenFact, FREEZER_FILES } from '../cgroupfs/freezer.ts';
import { cgroupsOf, findHierarchies } from '../cgroupfs/hierarchies.ts';
import type { MountTree } from '../mount-tree.ts';
import type { ProbeContext } from '../probe.ts';
import type { CgroupContainer } from '../procfs/cgroup.ts';
import { nameContainer } from './names.ts';

const MAX_CONTAINERS = 500;

/**
 * Tells which containers are frozen (docker pause): with the v1 freezer their tasks look as if they hung, in D and in
 * whatever kernel function they slept in before (seen on Linux 6.18: hrtimer_nanosleep, not __refrigerator).
 * @returns ids of those containers
 */
export async function noteFrozenContainers(
  { host, record }: ProbeContext,
  containers: Iterable<CgroupContainer>,
  mounts: MountTree | null,
): Promise<ReadonlySet<string>> {
  const frozen = new Set<string>();
  const hierarchies = findHierarchies(mounts?.mounts ?? []);
  const byPath = new Map([...containers].filter((c) => c.path !== '').map((c) => [c.path, c]));
  const source = record.source('freezer.state, cgroup.events', 'cat /sys/fs/cgroup/freezer/*/*/freezer.state');
  await Promise.all(
    [...byPath.values()].slice(0, MAX_CONTAINERS).map(async (container) => {
      const { path } = container;
      const lines = [
        { hierarchy: 1, controllers: ['freezer'], path },
        { hierarchy: 0, controllers: [], path },
      ];
      const [cgroup] = cgroupsOf(hierarchies, lines, 'freezer');
      const files = cgroup && (await readCgroupFiles(host, cgroup.directory, FREEZER_FILES[cgroup.version]));
      const fact = files ? cgroupFrozenFact(files) : null;
      if (fact === null || fact.state === 'thawed') return;
      frozen.add(container.containerId);
      const id = nameContainer(record, container);
      source.observe(fact, [entityId.cgroup(path), id]);
    }),
  );
  source.end({ status: 'ok' });
  return frozen;
}
