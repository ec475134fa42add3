import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../errors.ts';
import { labImage } from '../images.ts';
import { isAlive, type ProcessId, signal } from '../processes.ts';
import { runOrFail, SYSTEM_PATH } from '../run.ts';
import { until } from '../wait.ts';
import type { Workspace } from '../workspace.ts';
import { childNamed, type Daemon, startDaemon, untilServing } from './daemon.ts';
import { DockerApi } from './docker-api.ts';
import { writeOciWrapper } from './oci-wrapper.ts';

/** A private dockerd with the containerd that it started, and the lab's image loaded. */
export interface Dockerd {
  readonly daemon: Daemon;
  readonly containerd: ProcessId;
  readonly api: DockerApi;
  readonly dataRoot: string;
  /** `unix:///...` of the Docker Engine API. */
  readonly endpoint: string;
  /** `unix:///...` of its containerd. */
  readonly containerdEndpoint: string;
}

/** Characters that a socket's path may have (unix(7), sun_path without its end). */
const SOCKET_PATH = 107;

export interface DockerdOptions {
  /** Below the lab's folder; a folder of its own by default. */
  readonly dataRoot?: string;
  /** Run copies of the programs, whose pages in memory then count for the lab's cgroup. */
  readonly ownBinaries?: boolean;
}

/** Starts dockerd apart from any other on the host: own folders, socket, containerd and cgroups, no network of its own. */
export async function startDockerd(workspace: Workspace, options: DockerdOptions = {}): Promise<Dockerd> {
  const base = join(workspace.folder, 'docker');
  const dataRoot = options.dataRoot ?? join(base, 'data');
  const exec = join(base, 'exec');
  mkdirSync(exec, { recursive: true, mode: 0o700 });
  const socket = join(base, 'docker.sock');
  const deepest = join(exec, 'containerd', 'containerd.sock.ttrpc');
  if (deepest.length > SOCKET_PATH) {
    throw new LabError({
      en: `${deepest} is too long for a socket; set TMPDIR`,
      zh: `${deepest} 作为套接字路径太长；请设置 TMPDIR`,
    });
  }
  const config = join(base, 'daemon.json');
  writeFileSync(config, '{}');
  workspace.journal.register({ kind: 'remove-shim-sockets', folder: exec });
  const path = options.ownBinaries === true ? `${await copyPrograms(workspace, base)}:${SYSTEM_PATH}` : SYSTEM_PATH;
  const daemon = startDaemon(workspace, 'dockerd', [
    'env',
    `PATH=${path}`,
    'dockerd',
    '--config-file',
    config,
    '--data-root',
    dataRoot,
    '--exec-root',
    exec,
    '--pidfile',
    join(base, 'dockerd.pid'),
    '--host',
    `unix://${socket}`,
    '--storage-driver',
    'vfs',
    '--exec-opt',
    'native.cgroupdriver=cgroupfs',
    '--cgroup-parent',
    workspace.cgroup.containers,
    '--add-runtime',
    `lab=${writeOciWrapper(base)}`,
    '--default-runtime',
    'lab',
    '--bridge',
    'none',
    '--iptables=false',
    '--ip-forward=false',
    '--userland-proxy=false',
  ]);
  const api = new DockerApi(socket);
  await untilServing(daemon, () => api.ping());
  const containerd = await until({ en: "dockerd's containerd", zh: 'dockerd 的 containerd' }, () =>
    childNamed(daemon.id, 'containerd'),
  );
  await api.call('POST', '/images/load?quiet=1', await labImage());
  return {
    daemon,
    containerd,
    api,
    dataRoot,
    endpoint: `unix://${socket}`,
    containerdEndpoint: `unix://${join(exec, 'containerd', 'containerd.sock')}`,
  };
}

/** Ends it as an operator would, and waits until it and its containerd are gone and reaped. */
export async function stopDockerd(dockerd: Dockerd): Promise<void> {
  signal(dockerd.daemon.id, 'SIGTERM');
  await until({ en: 'dockerd to end', zh: 'dockerd 结束' }, () => dockerd.daemon.ended() !== null, 30_000);
  await until(
    { en: 'its containerd to be reaped', zh: 'containerd 被回收' },
    () => !isAlive(dockerd.containerd),
    30_000,
  );
}

/** Copied from inside the lab's cgroup, so that the pages count there from the start. @returns their folder */
async function copyPrograms(workspace: Workspace, base: string): Promise<string> {
  const folder = join(base, 'bin');
  mkdirSync(folder);
  const find = 'for p in dockerd containerd containerd-shim-runc-v2 runc; do cp "$(command -v $p)" "$1/"; done';
  await runOrFail(workspace.cgroup.enter(['/bin/sh', '-c', find, 'copy', folder]));
  return folder;
}
