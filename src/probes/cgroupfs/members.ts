import { type EntityId, entityId } from '../../evidence/entity.ts';
import { isShimName } from '../../host/runtime-names.ts';
import { findDaemons } from '../daemons/identify.ts';
import { type CgroupLine, containerOf, parseCgroup } from '../procfs/cgroup.ts';
import type { SharedReads } from '../shared-reads.ts';

/** A component or a container, with the cgroups it lies in. */
export interface CgroupMember {
  readonly kind: 'component' | 'container';
  readonly id: EntityId;
  readonly name: string;
  readonly pid: number;
  readonly lines: readonly CgroupLine[];
}

export interface CgroupMembers {
  readonly members: readonly CgroupMember[];
  /** Processes whose cgroups could not be read, with the error of the first. */
  readonly unread: number;
  readonly error: string | null;
}

const MAX_CONTAINERS = 600;

/** The daemons, and the containers by the processes that a shim looks after. */
export async function findCgroupMembers(from: SharedReads): Promise<CgroupMembers> {
  const { host } = from;
  const survey = await from.survey();
  const daemons = findDaemons(survey).map(({ name, process }) => ({ name, pid: process.pid, container: false }));
  const inits = [...survey.processes.values()]
    .filter((p) => p.state !== 'Z' && isShimName(survey.processes.get(p.ppid)?.comm ?? '') && !isShimName(p.comm))
    .slice(0, MAX_CONTAINERS)
    .map(({ comm, pid }) => ({ name: comm, pid, container: true }));
  const reads = await Promise.all(
    [...daemons, ...inits].map(async (p) => ({ ...p, read: await host.files.readText(host.proc(`${p.pid}/cgroup`)) })),
  );
  // A process that ended meanwhile is not missed.
  const failed = reads.flatMap(({ read }) =>
    read.ok || read.error === 'ENOENT' || read.error === 'ESRCH' ? [] : [read.error],
  );
  const members = reads.flatMap(({ name, pid, container, read }): CgroupMember[] => {
    if (!read.ok) return [];
    const lines = parseCgroup(read.value);
    if (!container) return [{ kind: 'component', id: entityId.component(name, pid), name, pid, lines }];
    const id = containerOf(lines)?.containerId;
    return id === undefined
      ? []
      : [{ kind: 'container', id: entityId.container(id), name: id.slice(0, 12), pid, lines }];
  });
  return { members: uniqueById(members), unread: failed.length, error: failed[0] ?? null };
}

/** A container may have several processes below its shim (docker exec). */
function uniqueById(members: readonly CgroupMember[]): CgroupMember[] {
  return [...new Map(members.toReversed().map((m) => [m.id, m])).values()].reverse();
}
