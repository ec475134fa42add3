import { createPublicKey } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Daemon, startDaemon, untilServing } from '../runtimes/daemon.ts';
import type { Workspace } from '../workspace.ts';
import type { KubernetesBinaries } from './binaries.ts';
import { writeKubeconfig } from './kubeconfig.ts';
import { type Authority, writeKey } from './pki.ts';
import { freePorts } from './ports.ts';
import { isServing } from './serving.ts';
import type { Timing } from './timing.ts';

/** etcd, API server, controller manager and scheduler on loopback, with TLS, tokens and RBAC. */
export interface ControlPlane {
  readonly server: string;
  /** Of cluster-admin. */
  readonly kubeconfig: string;
  readonly etcd: Daemon;
  readonly apiServer: Daemon;
  readonly controllerManager: Daemon;
  readonly scheduler: Daemon;
}

/** The group of cgroups that its daemons run in, apart from runtime and kubelet. */
const GROUP = 'control-plane';

/** As far as nodes and their pods need them. */
const CONTROLLERS = [
  'nodelifecycle',
  'podgc',
  'namespace',
  'serviceaccount',
  'serviceaccount-token',
  'root-ca-cert-publisher',
  'replicaset',
  'deployment',
  'daemonset',
  'statefulset',
  'disruption',
  'garbagecollector',
];

interface Setting {
  readonly workspace: Workspace;
  readonly folder: string;
  readonly binaries: KubernetesBinaries;
  readonly authority: Authority;
  readonly timing: Timing;
  /** Name of the one node. */
  readonly node: string;
}

/** Starts it and waits until it serves. */
export async function startControlPlane(setting: Setting): Promise<ControlPlane> {
  const { folder, authority } = setting;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [etcdPort = 0, etcdPeer = 0, apiPort = 0, managerPort = 0, schedulerPort = 0] = await freePorts(5);
  const server = `https://127.0.0.1:${apiPort}`;
  const etcd = await startEtcd(setting, etcdPort, etcdPeer);
  const apiServer = await startApiServer(setting, etcdPort, apiPort);
  const config = async (user: string, organisation?: string): Promise<string> => {
    const request = { name: `client-${user.split(':').at(-1)}`, commonName: user };
    const credentials = await authority.issue(organisation === undefined ? request : { ...request, organisation });
    const file = join(folder, `${user.split(':').at(-1)}.kubeconfig`);
    return writeKubeconfig(file, { server, ca: authority.ca.cert, user, credentials });
  };
  const [kubeconfig, forManager, forScheduler] = await Promise.all([
    config('admin', 'system:masters'),
    config('system:kube-controller-manager'),
    config('system:kube-scheduler'),
  ]);
  const controllerManager = startManager(setting, managerPort, forManager);
  const scheduler = startScheduler(setting, schedulerPort, forScheduler);
  return { server, kubeconfig, etcd, apiServer, controllerManager, scheduler };
}

async function startEtcd({ workspace, folder, binaries }: Setting, port: number, peer: number): Promise<Daemon> {
  const url = `http://127.0.0.1:${port}`;
  const peerUrl = `http://127.0.0.1:${peer}`;
  const flags = {
    name: 'lab',
    'data-dir': join(folder, 'etcd'),
    'listen-client-urls': url,
    'advertise-client-urls': url,
    'listen-peer-urls': peerUrl,
    'initial-advertise-peer-urls': peerUrl,
    'initial-cluster': `lab=${peerUrl}`,
    // Nothing here outlives the lab.
    'unsafe-no-fsync': 'true',
  };
  const daemon = startDaemon(workspace, 'etcd', [binaries.path('etcd'), ...asFlags(flags)], GROUP);
  await untilServing(daemon, () => isServing(`${url}/health`));
  return daemon;
}

async function startApiServer(setting: Setting, etcdPort: number, port: number): Promise<Daemon> {
  const { workspace, folder, binaries, authority } = setting;
  const altNames = ['IP:127.0.0.1', 'IP:10.96.0.1', 'DNS:localhost', 'DNS:kubernetes', 'DNS:kubernetes.default'];
  const [serving, toKubelet] = await Promise.all([
    authority.issue({ name: 'apiserver', commonName: 'kube-apiserver', altNames }),
    authority.issue({ name: 'apiserver-kubelet-client', commonName: 'kube-apiserver', organisation: 'system:masters' }),
  ]);
  const key = serviceAccountKey(folder);
  const flags = {
    'etcd-servers': `http://127.0.0.1:${etcdPort}`,
    'bind-address': '127.0.0.1',
    'advertise-address': '127.0.0.1',
    'secure-port': String(port),
    'cert-dir': join(folder, 'apiserver'),
    'tls-cert-file': serving.cert,
    'tls-private-key-file': serving.key,
    'client-ca-file': authority.ca.cert,
    'kubelet-client-certificate': toKubelet.cert,
    'kubelet-client-key': toKubelet.key,
    'kubelet-preferred-address-types': 'Hostname',
    'authorization-mode': 'Node,RBAC',
    'enable-admission-plugins': 'NodeRestriction',
    'service-account-issuer': 'https://kubernetes.default.svc',
    'service-account-key-file': key.public,
    'service-account-signing-key-file': key.private,
    'service-cluster-ip-range': '10.96.0.0/16',
    'allow-privileged': 'true',
  };
  const argv = withHosts(setting, [binaries.path('kube-apiserver'), ...asFlags(flags)]);
  const daemon = startDaemon(workspace, 'kube-apiserver', argv, GROUP);
  const ca = readFileSync(authority.ca.cert, 'utf8');
  await untilServing(daemon, () => isServing(`https://127.0.0.1:${port}/readyz`, ca), 90_000);
  return daemon;
}

function startManager(
  { workspace, folder, binaries, authority, timing }: Setting,
  port: number,
  config: string,
): Daemon {
  const flags = {
    kubeconfig: config,
    controllers: CONTROLLERS.join(','),
    // Each controller then has the rights of its own role; those of the manager alone do not reach to a node's taints.
    'use-service-account-credentials': 'true',
    'bind-address': '127.0.0.1',
    'secure-port': String(port),
    port: '0',
    'cert-dir': join(folder, 'controller-manager'),
    'leader-elect': 'false',
    'root-ca-file': authority.ca.cert,
    'service-account-private-key-file': join(folder, 'service-account.key'),
    'node-monitor-period': `${timing.monitorPeriod}s`,
    'node-monitor-grace-period': `${timing.monitorGracePeriod}s`,
  };
  const argv = [binaries.path('kube-controller-manager'), ...asFlags(flags)] as const;
  return startDaemon(workspace, 'kube-controller-manager', [...argv], GROUP);
}

function startScheduler({ workspace, folder, binaries }: Setting, port: number, config: string): Daemon {
  const flags = {
    kubeconfig: config,
    'bind-address': '127.0.0.1',
    'secure-port': String(port),
    port: '0',
    'cert-dir': join(folder, 'scheduler'),
    'leader-elect': 'false',
  };
  return startDaemon(workspace, 'kube-scheduler', [binaries.path('kube-scheduler'), ...asFlags(flags)], GROUP);
}

/**
 * In a mount namespace where the node's name leads to loopback, the only place where its kubelet listens. A kubelet does
 * not take 127.0.0.1 for its node's address (kubernetes 1.20 pkg/kubelet/kubelet_node_status.go, validateNodeIP).
 */
function withHosts({ folder, node }: Setting, argv: readonly string[]): [string, ...string[]] {
  const hosts = join(folder, 'hosts');
  writeFileSync(hosts, `127.0.0.1 localhost ${node}\n`);
  const script = 'mount --bind "$1" /etc/hosts; shift; exec "$@"';
  return ['unshare', '--mount', '--propagation', 'private', '/bin/sh', '-ec', script, 'sh', hosts, ...argv];
}

function serviceAccountKey(folder: string): { readonly private: string; readonly public: string } {
  const files = { private: join(folder, 'service-account.key'), public: join(folder, 'service-account.pub') };
  writeKey(files.private);
  const key = createPublicKey(readFileSync(files.private, 'utf8'));
  writeFileSync(files.public, key.export({ type: 'spki', format: 'pem' }));
  return files;
}

/** `--name=value`, as every Kubernetes program and etcd take it. */
export function asFlags(flags: Readonly<Record<string, string>>): string[] {
  return Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
}
