import type { Host, Read } from '../../host/host.ts';
import type { Cluster, User } from '../../kube/kubeconfig.ts';
import type { Daemon } from '../daemons/identify.ts';
import { sharesNamespace } from '../daemons/namespaces.ts';
import { parseKubeletConfig } from './config-file.ts';
import { flagValue } from './flag-value.ts';

/** Reads a file by the name that the kubelet has for it. */
export type ReadAsKubelet = (path: string) => Promise<Read<string>>;

/** A kubelet may have a root and a folder of its own: its files are read where it sees them. */
export async function readAsKubelet(host: Host, { process: { pid } }: Daemon): Promise<ReadAsKubelet> {
  const shared = await sharesNamespace(host, pid, 'mnt');
  return (path) => {
    if (!path.startsWith('/')) return host.files.readText(host.proc(`${pid}/cwd/${path}`));
    return host.files.readText(shared ? host.path(path) : host.proc(`${pid}/root${path}`));
  };
}

/** The settings file as text and its scalars; null where none is named or readable. */
export async function readConfigFile(
  read: ReadAsKubelet,
  args: readonly string[],
): Promise<{ readonly text: string; readonly values: ReadonlyMap<string, string> } | null> {
  const path = flagValue(args, 'config');
  const file = path === null ? null : await read(path);
  return file?.ok ? { text: file.value, values: parseKubeletConfig(file.value) } : null;
}

/** What the current context of a kubelet's kubeconfig names; null where there is none. */
export async function readKubeconfig(
  read: ReadAsKubelet,
  path: string,
): Promise<{ readonly path: string; readonly cluster: Cluster | null; readonly user: User | null } | null> {
  const file = await read(path);
  if (!file.ok) return null;
  const { parseKubeconfig } = await import('../../kube/kubeconfig.ts');
  const config = parseKubeconfig(file.value, path.slice(0, Math.max(path.lastIndexOf('/'), 1)));
  if (config === null) return null;
  const context = config.contexts.get(config.currentContext ?? '') ?? [...config.contexts.values()][0];
  return {
    path,
    cluster: config.clusters.get(context?.cluster ?? '') ?? null,
    user: config.users.get(context?.user ?? '') ?? null,
  };
}
