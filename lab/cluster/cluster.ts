import { join } from 'node:path';
import type { Text } from '../../src/text/text.ts';
import type { Lab } from '../lab.ts';
import { until } from '../wait.ts';
import type { KubernetesBinaries } from './binaries.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { Kubectl } from './kubectl.ts';
import { Kubelet, type KubeletRuntime, type KubeletSetting } from './kubelet.ts';
import { Authority } from './pki.ts';
import type { ReadyStatus } from './scenario.ts';
import { STOCK, type Timing } from './timing.ts';

export interface ClusterOptions extends Pick<KubeletSetting, 'config' | 'flags'> {
  readonly runtime?: KubeletRuntime['kind'];
  readonly timing?: Timing;
  /** Told what is being started. */
  readonly print?: (text: Text) => void;
}

/** A cluster of one node, all of it on this machine: the node's kubelet drives the lab's own runtime. */
export interface Cluster {
  /** Name of the node. */
  readonly node: string;
  readonly binaries: KubernetesBinaries;
  readonly authority: Authority;
  readonly controlPlane: ControlPlane;
  readonly kubelet: Kubelet;
  readonly runtime: KubeletRuntime;
  readonly timing: Timing;
  /** As cluster-admin. */
  readonly kubectl: Kubectl;
}

const NODE = 'lab-node';

/** Starts a cluster and waits until its node is Ready. */
export async function startCluster(
  lab: Lab,
  binaries: KubernetesBinaries,
  options: ClusterOptions = {},
): Promise<Cluster> {
  const { workspace } = lab;
  const { timing = STOCK, print = () => undefined } = options;
  const folder = (name: string): string => join(workspace.folder, name);
  const authority = await Authority.create(folder('pki'));
  print({ en: 'Starting etcd, API server and runtime ...', zh: '正在启动 etcd、API server 与运行时……' });
  const setting = { workspace, binaries, authority, timing, node: NODE };
  const [controlPlane, runtime] = await Promise.all([
    startControlPlane({ ...setting, folder: folder('control-plane') }),
    startRuntime(lab, options.runtime ?? 'docker'),
  ]);
  print({ en: 'Starting the kubelet ...', zh: '正在启动 kubelet……' });
  const { server } = controlPlane;
  const { config = {}, flags = {} } = options;
  const kubelet = await Kubelet.start({ ...setting, folder: folder('kubelet'), server, runtime, config, flags });
  const kubectl = new Kubectl(binaries.path('kubectl'), controlPlane.kubeconfig);
  const cluster = { node: NODE, binaries, authority, controlPlane, kubelet, runtime, timing, kubectl };
  await untilReady(cluster);
  return cluster;
}

async function startRuntime(lab: Lab, kind: KubeletRuntime['kind']): Promise<KubeletRuntime> {
  return { kind, endpoint: (await (kind === 'docker' ? lab.dockerd() : lab.containerd())).endpoint };
}

const ASK_MS = 8000;

/** Waits until the node's Ready is what is wanted. @param wanted null: it cannot be read */
export async function untilReady(
  cluster: Cluster,
  wanted: ReadyStatus | null = 'True',
  timeoutMs = 90_000,
): Promise<void> {
  const { kubectl, node } = cluster;
  const seen = async (): Promise<string | null> => {
    const { code, stdout } = await kubectl.ready(node, ASK_MS);
    return code === 0 ? stdout.trim() : null;
  };
  await until(
    { en: `Ready=${wanted} of ${node}`, zh: `${node} 变为 Ready=${wanted}` },
    async () => (await seen()) === wanted,
    timeoutMs,
    500,
  );
}
