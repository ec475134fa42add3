import type { Host } from '../../host/host.ts';

/** Files of one cgroup by name, trimmed; those that are not there are left out. */
export type CgroupFiles = ReadonlyMap<string, string>;

/** Where the host's file is to be read: a container's /sys is not the host's. */
function hostFile(host: Host, path: string): string {
  return path.startsWith('/sys/') ? host.sys(path.slice('/sys/'.length)) : host.path(path);
}

export async function readCgroupFiles(host: Host, directory: string, names: readonly string[]): Promise<CgroupFiles> {
  const files = await Promise.all(
    names.map(async (name) => [name, await host.files.readText(hostFile(host, `${directory}/${name}`))] as const),
  );
  return new Map(files.flatMap(([name, read]) => (read.ok ? [[name, read.value.trim()] as const] : [])));
}
