import { entityId } from '../evidence/entity.ts';
import { sourceEnd } from './gaps.ts';
import { readMountTree } from './mounts/table.ts';
import type { Probe, ProbeContext } from './probe.ts';
import { parseCgroupStat, parseControllers } from './procfs/cgroup-counts.ts';

/** How many cgroups there are, those that were deleted and are not gone included. */
export const cgroupCountsProbe: Probe = { name: 'cgroup-counts', topics: ['cgroups'], run };

async function run({ host, record, share }: ProbeContext): Promise<void> {
  const source = record.source('/proc/cgroups, cgroup.stat', 'cat /proc/cgroups /sys/fs/cgroup/cgroup.stat');
  const tree = await share(readMountTree);
  const unified = tree.ok ? tree.value.mounts.find((m) => m.fsType === 'cgroup2' && m.root === '/') : undefined;
  const [controllers, stat] = await Promise.all([
    host.files.readText(host.proc('cgroups')),
    unified === undefined ? null : host.files.readText(host.path(`${unified.mountPoint}/cgroup.stat`)),
  ]);
  const counts = [
    ...(controllers.ok ? parseControllers(controllers.value) : []),
    ...(stat?.ok ? parseCgroupStat(stat.value) : []),
  ];
  for (const fact of counts) source.observe(fact, [entityId.node()]);
  source.end(
    sourceEnd(
      [controllers, ...(stat === null ? [] : [stat])].flatMap((r) => (r.ok ? [] : [r.error])),
      2,
    ),
  );
}
