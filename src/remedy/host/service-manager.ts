import { unitOfCgroup } from '../../probes/systemd/unit-of-cgroup.ts';
import type { ServiceRef } from '../act.ts';
import type { HostActorDeps } from './deps.ts';

type Reads = Pick<HostActorDeps, 'host' | 'initDirectory'>;
type Manager = NonNullable<ServiceRef['manager']>;

/**
 * Finds what restarts a service: the systemd unit that its process runs in, else the unit or the init script by its
 * name. Null where neither is there, and then nothing here can restart it.
 * @param name `docker`, `containerd`, `crio`, `kubelet`
 */
export async function findManager(deps: Reads, name: string, pid: number | null): Promise<Manager | null> {
  if (await isSystemdRunning(deps)) {
    const cgroup = pid === null ? null : await deps.host.files.readText(deps.host.proc(`${pid}/cgroup`));
    const unit = (cgroup?.ok ? unitOfCgroup(cgroup.value) : null) ?? `${name}.service`;
    return (await showUnit(deps, unit))?.LoadState === 'loaded' ? { kind: 'systemd', unit } : null;
  }
  return (await hasScript(deps, name)) ? { kind: 'sysv', unit: name } : null;
}

/** sd_booted(3): the directory is there exactly where systemd is PID 1. */
export async function isSystemdRunning({ host }: Pick<HostActorDeps, 'host'>): Promise<boolean> {
  const found = await host.files.stat(host.path('/run/systemd/system'));
  return found.ok && found.value.kind === 'directory';
}

export async function hasScript({ host, initDirectory }: Reads, name: string): Promise<boolean> {
  const found = await host.files.stat(scriptOf(initDirectory, name));
  return found.ok && (found.value.kind === 'file' || found.value.kind === 'symlink');
}

export function scriptOf(initDirectory: string, name: string): string {
  return `${initDirectory}/${name}`;
}

const PROPERTIES = ['Id', 'LoadState', 'ActiveState', 'SubState', 'Result', 'MainPID', 'Job', 'KillMode'] as const;
const SHOW_MS = 5000;

/** What `systemctl show` says of a unit, by property. Source: org.freedesktop.systemd1(5). */
export type ShownUnit = Readonly<Partial<Record<(typeof PROPERTIES)[number], string>>>;

/**
 * systemctl, and no D-Bus library: it is there wherever systemd is, hangs in a child instead of in us, and all that a
 * connection of our own would add is news of the job's end, which is asked for every half second.
 * @returns null where systemd did not answer
 */
export async function showUnit({ host }: Pick<HostActorDeps, 'host'>, unit: string): Promise<ShownUnit | null> {
  const argv = ['systemctl', 'show', '--no-pager', `--property=${PROPERTIES.join(',')}`, unit] as const;
  const shown = await host.run([...argv], { timeoutMs: SHOW_MS });
  if (shown.code !== 0) return null;
  return Object.fromEntries(
    shown.stdout.split('\n').flatMap((line) => {
      const equals = line.indexOf('=');
      return equals > 0 ? [[line.slice(0, equals), line.slice(equals + 1).trim()]] : [];
    }),
  );
}
