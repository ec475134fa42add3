import type { Fact } from '../evidence/observation.ts';
import { ASPECTS, type Aspect } from './cgroupfs/aspects.ts';
import { type ChargedCgroup, chargedCgroups, noteCgroup } from './cgroupfs/charged-cgroups.ts';
import { cpuWindowMs } from './cgroupfs/cpu.ts';
import { type CgroupFiles, readCgroupFiles } from './cgroupfs/files.ts';
import { type CgroupHierarchy, findHierarchies } from './cgroupfs/hierarchies.ts';
import { type CgroupMember, findCgroupMembers } from './cgroupfs/members.ts';
import { findDaemons } from './daemons/identify.ts';
import { noteScheduling, sampleScheduling } from './daemons/scheduling.ts';
import { gapReason, observeGap, sourceEnd } from './gaps.ts';
import { readMountTree } from './mounts/table.ts';
import type { Probe, ProbeContext } from './probe.ts';
import { sampleTwice } from './window.ts';

/** What their cgroups, and those above them, allow the daemons: CPU, memory, I/O, and whether they are frozen. */
export const cgroupsProbe: Probe = { name: 'cgroups', topics: ['cgroups'], run };

/** A cgroup looked at for one of its controllers. */
interface Look {
  readonly aspect: Aspect;
  readonly cgroup: ChargedCgroup;
}

async function run(context: ProbeContext): Promise<void> {
  const { host, record } = context;
  const source = record.source('cgroups of the daemons', 'systemd-cgls; cat /proc/PID/cgroup');
  const [tree, survey] = await Promise.all([context.share(readMountTree), context.survey()]);
  const daemons = findDaemons(survey);
  const hierarchies = tree.ok ? findHierarchies(tree.value.mounts) : [];
  const { members, unread, error } = await context.share(findCgroupMembers);
  const looks = looksAt(hierarchies, members);
  const { before, after, windowMs } = await sampleTwice(
    context,
    () =>
      Promise.all([
        Promise.all(looks.map(({ aspect, cgroup: c }) => readCgroupFiles(host, c.directory, aspect.files[c.version]))),
        sampleScheduling(host, daemons),
      ]),
    ([files]) => cpuWindowMs(files),
  );
  noteScheduling(record, daemons, { before: before[1], after: after[1], windowMs });
  looks.forEach((look, i) => {
    const facts = factsOf(look, before[0][i] ?? new Map(), after[0][i] ?? new Map(), windowMs);
    if (facts.length === 0) return;
    const about = noteCgroup(record, look.cgroup);
    for (const fact of facts) source.observe(fact, about);
  });
  if (hierarchies.length === 0) {
    const why = tree.ok ? 'ENOENT' : tree.error;
    observeGap(source, 'cgroups', gapReason(why), `no cgroup hierarchy: ${why}`, { partial: false });
    source.end(sourceEnd([why]));
    return;
  }
  if (error !== null) observeGap(source, 'cgroups', gapReason(error), `/proc/PID/cgroup: ${error} (${unread})`);
  source.end(error === null ? { status: 'ok' } : { status: 'partial', error });
}

function looksAt(hierarchies: readonly CgroupHierarchy[], members: readonly CgroupMember[]): readonly Look[] {
  const components = members.filter((m) => m.kind === 'component');
  return ASPECTS.flatMap((aspect) =>
    chargedCgroups(hierarchies, components, aspect.controller)
      .filter(({ path }) => aspect.ofRoot || path !== '/')
      .map((cgroup) => ({ aspect, cgroup })),
  );
}

/** All of a component's own cgroup; of others what matters. */
function factsOf({ aspect, cgroup }: Look, before: CgroupFiles, after: CgroupFiles, windowMs: number): readonly Fact[] {
  const own = cgroup.innermost && cgroup.members.some((m) => m.kind === 'component');
  const facts = aspect.facts(before, after, windowMs).filter((fact) => fact !== null);
  return own ? facts : facts.filter((fact) => aspect.tells(fact));
}
