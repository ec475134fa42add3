import { entityId } from '../../evidence/entity.ts';
import { readCgroupFiles } from '../cgroupfs/files.ts';
import { cgroupFrozenFact, FREEZER_FILES } from '../cgroupfs/freezer.ts';
import { type Cgroup, type CgroupHierarchy, cgroupsOf, findHierarchies } from '../cgroupfs/hierarchies.ts';
import type { MountTree } from '../mounts/tree.ts';
import type { ProbeContext } from '../probe.ts';
import { containerOfPath } from '../procfs/cgroup.ts';
import type { Member } from './membership.ts';
import { nameContainer } from './names.ts';

const MAX_CONTAINERS = 500;

/**
 * Tells which containers are frozen (docker pause): with the v1 freezer their tasks look as if they hung, in D and in
 * whatever kernel function they slept in before (seen on Linux 6.18: hrtimer_nanosleep, not __refrigerator).
 * @returns ids of those containers
 */
export async function noteFrozenContainers(
  { host, record }: ProbeContext,
  members: Iterable<Member>,
  mounts: MountTree | null,
): Promise<ReadonlySet<string>> {
  const frozen = new Set<string>();
  const hierarchies = findHierarchies(mounts?.mounts ?? []);
  const withCgroups = [...members].filter(({ lines }) => lines !== undefined);
  const byId = new Map(withCgroups.map((member) => [member.containerId, member]));
  const source = record.source('freezer.state, cgroup.events', 'cat $(find /sys/fs/cgroup -name freezer.state)');
  await Promise.all(
    [...byId.values()].slice(0, MAX_CONTAINERS).map(async (member) => {
      const cgroup = freezerOf(hierarchies, member);
      const files = cgroup && (await readCgroupFiles(host, cgroup.directory, FREEZER_FILES[cgroup.version]));
      const fact = files ? cgroupFrozenFact(files) : null;
      if (!cgroup || fact === null || fact.state === 'thawed') return;
      frozen.add(member.containerId);
      source.observe(fact, [entityId.cgroup(cgroup.path), nameContainer(record, member)]);
    }),
  );
  source.end({ status: 'ok' });
  return frozen;
}

/** The container's own cgroup in the hierarchy that freezes, not one that it made below that. */
function freezerOf(hierarchies: readonly CgroupHierarchy[], { containerId, lines = [] }: Member): Cgroup | null {
  const cgroups = cgroupsOf(hierarchies, lines, 'freezer');
  const isItsOwn = ({ path }: Cgroup): boolean => path === containerOfPath(path)?.path;
  return cgroups.find((c) => isItsOwn(c) && containerOfPath(c.path)?.containerId === containerId) ?? null;
}
