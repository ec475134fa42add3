import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { ProbeRecorder } from '../../evidence/recorder.ts';
import { type Cgroup, type CgroupHierarchy, cgroupsOf } from './hierarchies.ts';
import type { CgroupMember } from './members.ts';

/** A cgroup with those that it limits: its own members and the members of cgroups below it. */
export interface ChargedCgroup extends Cgroup {
  readonly id: EntityId;
  readonly members: readonly CgroupMember[];
  /** It is the innermost cgroup of one of them. */
  readonly innermost: boolean;
}

/** Every cgroup that limits one of the members by a controller, each once, however many members share it. */
export function chargedCgroups(
  hierarchies: readonly CgroupHierarchy[],
  members: readonly CgroupMember[],
  controller: string,
): readonly ChargedCgroup[] {
  const byPath = new Map<string, ChargedCgroup>();
  for (const member of members) {
    cgroupsOf(hierarchies, member.lines, controller).forEach((cgroup, depth) => {
      const known = byPath.get(cgroup.path);
      byPath.set(cgroup.path, {
        ...cgroup,
        id: entityId.cgroup(cgroup.path),
        members: [...(known?.members ?? []), member],
        innermost: (known?.innermost ?? false) || depth === 0,
      });
    });
  }
  return [...byPath.values()];
}

/** Names the cgroup and links its members to it. Returns what a fact about it is about: itself, then the components in it. */
export function noteCgroup(record: ProbeRecorder, { id, path, members }: ChargedCgroup): EntityId[] {
  record.entity(id, path, { path });
  for (const member of members) record.link(member.id, 'in-cgroup', id);
  const components = members.filter((m) => m.kind === 'component').map((m) => m.id);
  return members.length === 1 ? [id, ...members.map((m) => m.id)] : [id, ...components];
}
