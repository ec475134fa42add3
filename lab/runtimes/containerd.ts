import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { labImage } from '../images.ts';
import { run, runOrFail } from '../run.ts';
import type { Workspace } from '../workspace.ts';
import { CriPods } from './cri-pods.ts';
import { type Daemon, startDaemon, untilServing } from './daemon.ts';
import { BUSYBOX } from './docker-api.ts';

/** A private containerd that speaks CRI, with the lab's image loaded. */
export interface Containerd {
  readonly daemon: Daemon;
  readonly socket: string;
  /** `unix:///...`, for CRI and for containerd's own API. */
  readonly endpoint: string;
  readonly pods: CriPods;
  /** The one CNI configuration that it finds. */
  readonly cniConfig: string;
  /** Where it looks for CNI plugins: the host's, and what else is put there. */
  readonly cniPlugins: string;
}

const CNI_BIN = '/usr/lib/cni';

/** Enough for NetworkReady; no pod of the lab asks for a network of its own. */
const LOOPBACK = JSON.stringify({
  cniVersion: '0.4.0',
  name: 'notready-lab',
  plugins: [{ type: 'loopback' }],
});

/** Starts containerd apart from any other on the host. */
export async function startContainerd(workspace: Workspace, name = 'containerd'): Promise<Containerd> {
  const base = join(workspace.folder, name);
  const cniFolder = join(base, 'cni');
  mkdirSync(cniFolder, { recursive: true, mode: 0o700 });
  const cniPlugins = linkPlugins(join(base, 'cni-bin'));
  const cniConfig = join(cniFolder, '10-lab.conflist');
  writeFileSync(cniConfig, LOOPBACK);
  const socket = join(base, 'c.sock');
  const config = join(base, 'config.toml');
  writeFileSync(config, configuration(base, socket, { cniFolder, cniPlugins }));
  workspace.journal.register({ kind: 'remove-shim-sockets', folder: join(base, 'state') });
  const daemon = startDaemon(workspace, name, ['containerd', '--config', config]);
  await untilServing(daemon, async () => (await run(['ctr', '-a', socket, 'version'])).code === 0);
  const archive = join(base, 'image.tar');
  writeFileSync(archive, await labImage());
  await runOrFail(['ctr', '-a', socket, '-n', 'k8s.io', 'images', 'import', archive]);
  const pods = new CriPods(socket, workspace.cgroup.containers);
  return { daemon, socket, endpoint: `unix://${socket}`, pods, cniConfig, cniPlugins };
}

function linkPlugins(folder: string): string {
  mkdirSync(folder);
  for (const name of readdirSync(CNI_BIN)) symlinkSync(join(CNI_BIN, name), join(folder, name));
  return folder;
}

/** The form of containerd 1.x; 2.x still reads it and migrates it by itself (docs/PLUGINS.md). */
function configuration(
  base: string,
  socket: string,
  { cniFolder, cniPlugins }: { cniFolder: string; cniPlugins: string },
): string {
  const q = (value: string): string => JSON.stringify(value);
  return `version = 2
root = ${q(join(base, 'root'))}
state = ${q(join(base, 'state'))}
[grpc]
  address = ${q(socket)}
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = ${q(`docker.io/${BUSYBOX}`)}
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  disable_tcp_service = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "native"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = ${q(cniPlugins)}
    conf_dir = ${q(cniFolder)}
`;
}
