import type { Host } from '../../host/host.ts';
import type { Survey } from '../../host/survey.ts';

import { type ComponentName, findDaemons } from '../daemons/identify.ts';
import { realPath } from './real-path.ts';

/** A directory that kubelet or runtime cannot do without. */
export interface DataRoot {
  readonly role: string;
  /** As the host names it, links followed. */
  readonly path: string;
  /** The daemon that keeps its data there; null where it is not running or the path is the system's. */
  readonly owner: { readonly name: ComponentName; readonly pid: number } | null;
}

interface Layout {
  readonly role: string;
  readonly flags: readonly string[];
  readonly usual: string;
  /** Where its configuration says it, if no flag does. */
  readonly config: {
    readonly flags: readonly string[];
    readonly usual: string;
    readonly root: (text: string) => string | null;
  } | null;
}

// cmd/dockerd/config.go and daemon/config (data-root, graph before 17.05); containerd's services/server/config;
// cmd/kubelet/app/options (root-dir has no field in the configuration file); cri-o's internal/criocli.
const LAYOUTS: Partial<Record<ComponentName, Layout>> = {
  dockerd: {
    role: 'docker-root',
    flags: ['--data-root', '-g', '--graph'],
    usual: '/var/lib/docker',
    config: { flags: ['--config-file'], usual: '/etc/docker/daemon.json', root: rootOfDaemonJson },
  },
  containerd: {
    role: 'containerd-root',
    flags: ['--root'],
    usual: '/var/lib/containerd',
    config: { flags: ['--config', '-c'], usual: '/etc/containerd/config.toml', root: rootOfToml },
  },
  kubelet: { role: 'kubelet-root', flags: ['--root-dir'], usual: '/var/lib/kubelet', config: null },
  crio: { role: 'crio-root', flags: ['--root', '-r'], usual: '/var/lib/containers/storage', config: null },
};

const SYSTEM_ROOTS = [
  ['root', '/'],
  ['log', '/var/log'],
  ['tmp', '/tmp'],
] as const;

/** Where the daemons of this node keep their data, by their arguments, their configuration or their default; and what every program needs. */
export async function findDataRoots(host: Host, survey: Survey): Promise<readonly DataRoot[]> {
  const daemons = findDaemons(survey);
  const roots = Object.entries(LAYOUTS).map(async ([name, layout]) => {
    const running = daemons.flatMap((daemon) => (daemon.name === name ? [daemon.process] : []));
    if (running.length === 0) return leftBehind(host, layout);
    return Promise.all(
      running.map(async (process) => ({
        role: layout.role,
        path: await realPath(host, await rootOf(host, layout, process.args ?? [])),
        owner: { name: name as ComponentName, pid: process.pid },
      })),
    );
  });
  const system = SYSTEM_ROOTS.map(async ([role, path]) => ({ role, path: await realPath(host, path), owner: null }));
  return [...(await Promise.all(roots)).flat(), ...(await Promise.all(system))];
}

/** The data of a daemon that does not run now. */
async function leftBehind(host: Host, { role, usual }: Layout): Promise<DataRoot[]> {
  const path = await realPath(host, usual);
  const found = await host.files.stat(host.path(path));
  return found.ok && found.value.kind === 'directory' ? [{ role, path, owner: null }] : [];
}

async function rootOf(host: Host, { flags, usual, config }: Layout, args: readonly string[]): Promise<string> {
  const given = flagValue(args, flags);
  if (given?.startsWith('/')) return given;
  if (config === null) return usual;
  const read = await host.files.readText(host.path(flagValue(args, config.flags) ?? config.usual));
  const configured = read.ok ? config.root(read.value) : null;
  return configured?.startsWith('/') ? configured : usual;
}

/** The value of the last of the flags given, as `--flag value` or `--flag=value`. */
export function flagValue(args: readonly string[], flags: readonly string[]): string | null {
  let value: string | null = null;
  args.forEach((arg, i) => {
    const equals = arg.indexOf('=');
    if (flags.includes(arg)) value = args[i + 1] ?? value;
    else if (equals > 0 && flags.includes(arg.slice(0, equals))) value = arg.slice(equals + 1);
  });
  return value;
}

/** `data-root` (or `graph`) of daemon.json; found by its form, so that a file with a comment or a stray comma still tells. */
export function rootOfDaemonJson(text: string): string | null {
  return /"(?:data-root|graph)"\s*:\s*"([^"\\]{1,4096})"/.exec(text)?.[1] ?? null;
}

/** Top-level `root` of containerd's config.toml: the tables below have roots of their own. */
export function rootOfToml(text: string): string | null {
  const topLevel = text.split(/^[ \t]*\[/m, 1)[0] ?? '';
  return /^[ \t]*root[ \t]*=[ \t]*["']([^"']{1,4096})["']/m.exec(topLevel)?.[1] ?? null;
}
