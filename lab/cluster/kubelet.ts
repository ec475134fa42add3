import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signal } from '../processes.ts';
import { type Daemon, startDaemon, untilServing } from '../runtimes/daemon.ts';
import { BUSYBOX } from '../runtimes/docker-api.ts';
import { until } from '../wait.ts';
import type { Workspace } from '../workspace.ts';
import type { KubernetesBinaries } from './binaries.ts';
import { asFlags } from './control-plane.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import type { Authority, KeyPair } from './pki.ts';
import { freePorts } from './ports.ts';
import { isServing } from './serving.ts';
import { registerSysctls } from './sysctls.ts';
import type { Timing } from './timing.ts';

/** Which runtime a kubelet drives, and where. */
export type KubeletRuntime =
  | { readonly kind: 'docker'; readonly endpoint: string }
  | { readonly kind: 'cri'; readonly endpoint: string };

export interface KubeletSetting {
  readonly workspace: Workspace;
  readonly folder: string;
  readonly binaries: KubernetesBinaries;
  readonly authority: Authority;
  readonly server: string;
  readonly node: string;
  readonly runtime: KubeletRuntime;
  readonly timing: Timing;
  /** Further settings of its configuration file, and flags. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly flags?: Readonly<Record<string, string>>;
}

/** A kubelet of the lab, which can be ended and started again. */
export class Kubelet {
  readonly setting: KubeletSetting;
  readonly credentials: KeyPair;
  readonly ports: { readonly main: number; readonly healthz: number; readonly readOnly: number };
  daemon: Daemon;
  /** When it was started, Unix ms. */
  readonly starts: number[] = [Date.now()];

  private constructor(setting: KubeletSetting, credentials: KeyPair, ports: Kubelet['ports'], daemon: Daemon) {
    this.setting = setting;
    this.credentials = credentials;
    this.ports = ports;
    this.daemon = daemon;
  }

  /** Starts it and waits until it serves its health. */
  static async start(setting: KubeletSetting): Promise<Kubelet> {
    const { folder, authority, node, server, workspace } = setting;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const [main = 0, healthz = 0, readOnly = 0] = await freePorts(3);
    const ports = { main, healthz, readOnly };
    const user = `system:node:${node}`;
    const credentials = await authority.issue({ name: 'kubelet', commonName: user, organisation: 'system:nodes' });
    const kubeconfig = join(folder, 'kubeconfig');
    writeKubeconfig(kubeconfig, { server, ca: authority.ca.cert, user, credentials, byPath: true });
    writeFileSync(join(folder, 'config.json'), JSON.stringify(configuration(setting, ports), null, 2));
    registerSysctls(workspace.journal);
    const kubelet = new Kubelet(setting, credentials, ports, launch(setting));
    await kubelet.#untilHealthy();
    return kubelet;
  }

  get log(): string {
    return this.daemon.log;
  }

  /** Ends it as its unit would, and waits until it is gone. */
  async stop(): Promise<void> {
    signal(this.daemon.id, 'SIGTERM');
    await until({ en: 'the kubelet to end', zh: 'kubelet 退出' }, () => this.daemon.ended() !== null, 20_000);
  }

  /** Starts it again, with other settings where given. */
  async startAgain(change: Pick<KubeletSetting, 'config' | 'flags'> = {}): Promise<void> {
    const setting = { ...this.setting, ...change };
    writeFileSync(join(setting.folder, 'config.json'), JSON.stringify(configuration(setting, this.ports), null, 2));
    this.starts.push(Date.now());
    this.daemon = launch(setting);
    await this.#untilHealthy();
  }

  #untilHealthy(): Promise<void> {
    return untilServing(this.daemon, () => isServing(`http://127.0.0.1:${this.ports.healthz}/healthz`), 60_000);
  }
}

function launch(setting: KubeletSetting): Daemon {
  const { folder, binaries, node, runtime, workspace } = setting;
  const flags = {
    config: join(folder, 'config.json'),
    kubeconfig: join(folder, 'kubeconfig'),
    'hostname-override': node,
    'root-dir': join(folder, 'root'),
    'cert-dir': join(folder, 'pki'),
    'volume-plugin-dir': join(folder, 'volume-plugins'),
    'pod-infra-container-image': BUSYBOX,
    'image-pull-progress-deadline': '1m',
    v: '2',
    ...runtimeFlags(runtime, folder),
    ...setting.flags,
  };
  return startDaemon(workspace, 'kubelet', [binaries.path('kubelet'), ...asFlags(flags)], 'kubelet');
}

function runtimeFlags(runtime: KubeletRuntime, folder: string): Record<string, string> {
  if (runtime.kind === 'cri') {
    return { 'container-runtime': 'remote', 'container-runtime-endpoint': runtime.endpoint };
  }
  return {
    'container-runtime': 'docker',
    'docker-endpoint': runtime.endpoint,
    // Where the kubelet's own dockershim listens, and keeps its records.
    'container-runtime-endpoint': `unix://${join(folder, 'dockershim.sock')}`,
    'experimental-dockershim-root-directory': join(folder, 'dockershim'),
    'cni-cache-dir': join(folder, 'cni-cache'),
  };
}

/** KubeletConfiguration of kubelet.config.k8s.io/v1beta1, as 1.20 reads it. */
function configuration(setting: KubeletSetting, ports: Kubelet['ports']): Record<string, unknown> {
  const { authority, timing, config } = setting;
  return {
    kind: 'KubeletConfiguration',
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    address: '127.0.0.1',
    port: ports.main,
    readOnlyPort: ports.readOnly,
    healthzPort: ports.healthz,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: authority.ca.cert },
    },
    authorization: { mode: 'Webhook' },
    cgroupDriver: 'cgroupfs',
    // Its containers stay in the lab's cgroup, where the runtime puts them.
    cgroupsPerQOS: false,
    enforceNodeAllocatable: [],
    failSwapOn: false,
    makeIPTablesUtilChains: false,
    resolvConf: '',
    // Its device plugins live in a folder of the host that no flag moves.
    featureGates: { DevicePlugins: false },
    runtimeRequestTimeout: `${timing.runtimeRequestTimeout}s`,
    nodeStatusUpdateFrequency: `${timing.nodeStatusUpdate}s`,
    nodeLeaseDurationSeconds: timing.leaseDuration,
    evictionPressureTransitionPeriod: `${timing.pressureTransition}s`,
    // The disks of the machine are not the lab's.
    evictionHard: { 'memory.available': '50Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
    imageGCHighThresholdPercent: 100,
    ...config,
  };
}
