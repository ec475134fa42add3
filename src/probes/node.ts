import { entityId } from '../evidence/entity.ts';
import type { FactOf } from '../evidence/observation.ts';
import type { Host } from '../host/host.ts';
import { sourceEnd } from './gaps.ts';
import { readArchitecture, readBootTime } from './machine.ts';
import { readMountTree } from './mounts/table.ts';
import type { Probe, ProbeContext } from './probe.ts';
import { parseKernelStat } from './procfs/kernel-stat.ts';
import type { MountInfo } from './procfs/mountinfo.ts';
import { parseOsRelease } from './procfs/os-release.ts';

/** The host as a whole; it gives the node entity its name. */
export const nodeProbe: Probe = { name: 'node', topics: [], run };

async function run(context: ProbeContext): Promise<void> {
  const { host, record, share } = context;
  const source = record.source('/proc/sys/kernel, /proc/stat, /etc/os-release', 'uname -a; cat /etc/os-release');
  const errors: string[] = [];
  const text = async (path: string): Promise<string> => {
    const read = await host.files.readText(path);
    if (!read.ok) errors.push(`${path}: ${read.error}`);
    return read.ok ? read.value : '';
  };
  const [hostname, kernel, release, stat, init, status, mounts, arch, bootedAt] = await Promise.all([
    text(host.proc('sys/kernel/hostname')),
    text(host.proc('sys/kernel/osrelease')),
    osRelease(host),
    text(host.proc('stat')),
    text(host.proc('1/comm')),
    text(host.proc('self/status')),
    share(readMountTree),
    share(readArchitecture),
    share(readBootTime),
  ]);
  const name = hostname.trim() || 'localhost';
  record.entity(entityId.node(), name);
  source.observe(
    {
      type: 'host',
      hostname: name,
      kernel: kernel.trim(),
      os: release ?? 'Linux',
      arch,
      cpus: Math.max(parseKernelStat(stat).cpus, 1),
      bootedAt,
      cgroups: cgroupVersion(mounts.ok ? mounts.value.mounts : []),
      init: init.trim(),
      uid: effectiveUid(status),
    },
    [entityId.node()],
  );
  source.end(sourceEnd(errors, errors.length + 1));
}

async function osRelease(host: Host): Promise<string | null> {
  for (const path of ['/etc/os-release', '/usr/lib/os-release']) {
    const read = await host.files.readText(host.path(path));
    if (read.ok) return parseOsRelease(read.value);
  }
  return null;
}

/** By what is mounted: `hybrid` has controllers of v1 and the v2 tree beside them (systemd's `unified`). */
function cgroupVersion(mounts: readonly MountInfo[]): FactOf<'host'>['cgroups'] {
  const types = new Set(mounts.map((m) => m.fsType));
  if (types.has('cgroup') && types.has('cgroup2')) return 'hybrid';
  if (types.has('cgroup')) return 'v1';
  return types.has('cgroup2') ? 'v2' : 'none';
}

/** Second number of `Uid:` in /proc/self/status; -1 where it shows none. */
function effectiveUid(status: string): number {
  const match = /^Uid:\s+\d+\s+(\d+)/m.exec(status);
  return match ? Number(match[1]) : -1;
}
