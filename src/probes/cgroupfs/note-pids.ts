import type { FactOf } from '../../evidence/observation.ts';
import { gapReason, observeGap, sourceEnd } from '../gaps.ts';
import { readMountTree } from '../mounts/table.ts';
import type { ProbeContext } from '../probe.ts';
import { type ChargedCgroup, chargedCgroups, noteCgroup } from './charged-cgroups.ts';
import { readCgroupFiles } from './files.ts';
import { findHierarchies } from './hierarchies.ts';
import { findCgroupMembers } from './members.ts';
import { cgroupPidsFact, PIDS_FILES } from './pids.ts';

/** Above this share of its limit a container's own cgroup is worth telling. */
const NOTABLE = 0.5;

/** Tasks of the cgroups of daemons and containers, and of those above them, against `pids.max`. */
export async function noteCgroupPids({ host, record, share }: ProbeContext): Promise<void> {
  const source = record.source('pids.current, pids.max, pids.events', 'grep . /sys/fs/cgroup/pids/PATH/pids.*');
  const [tree, { members, error }] = await Promise.all([share(readMountTree), share(findCgroupMembers)]);
  if (!tree.ok || error !== null) {
    const reason = tree.ok ? (error ?? '') : tree.error;
    observeGap(source, 'cgroups', gapReason(reason), `pids: ${reason}`);
  }
  const cgroups = chargedCgroups(tree.ok ? findHierarchies(tree.value.mounts) : [], members, 'pids');
  const files = await Promise.all(cgroups.map((c) => readCgroupFiles(host, c.directory, PIDS_FILES)));
  cgroups.forEach((cgroup, i) => {
    const fact = cgroupPidsFact(cgroup.path, files[i] ?? new Map());
    if (fact && isWorthTelling(cgroup, fact)) source.observe(fact, noteCgroup(record, cgroup));
  });
  source.end(tree.ok ? { status: error === null ? 'ok' : 'partial' } : sourceEnd([tree.error]));
}

function isWorthTelling({ innermost, members }: ChargedCgroup, { used, max, hits }: FactOf<'limit'>): boolean {
  if (innermost && members.some((m) => m.kind === 'component')) return true;
  if ((hits ?? 0) > 0) return true;
  if (max === null) return false;
  return !innermost || used / max >= NOTABLE;
}
