import { X509Certificate } from 'node:crypto';
import { type EntityId, entityId } from '../../evidence/entity.ts';
import type { Host } from '../../host/host.ts';
import type { Connection } from '../../kube/connection.ts';
import type { ReadText } from '../../kube/find-kubeconfig.ts';
import { PROXY_VARIABLES } from '../../kube/proxy.ts';
import { UserError } from '../../text/user-error.ts';
import { type Daemon, findDaemons } from '../daemons/identify.ts';
import { sharesNamespace } from '../daemons/namespaces.ts';
import { type GapReason, gapReason } from '../gaps.ts';
import { flagValue } from '../kubelet/flag-value.ts';
import type { SharedReads } from '../shared-reads.ts';
import { isNodeName } from './node-name.ts';

/** A kubelet of this machine, how it reaches its API server and as which node. */
export interface OwnKubelet {
  readonly component: EntityId;
  readonly nodeName: string;
  readonly connection: Connection;
  /** Of its environment, what names a proxy. */
  readonly env: Readonly<Record<string, string>>;
}

interface Unknown {
  readonly why: GapReason;
  readonly detail: string;
}

/** The kubelet's kubeconfig below the default data folder. Source: k3s, pkg/agent/config/config.go. */
const K3S = '/var/lib/rancher/k3s/agent/kubelet.kubeconfig';

/**
 * The kubelet that runs here and its own kubeconfig; read only, and no credential plugin is run for it.
 * @param nodeName of the one that is meant, where several run
 */
export async function findOwnKubelet(reads: SharedReads, nodeName?: string): Promise<OwnKubelet | Unknown> {
  const found = await examineAll(reads);
  if (found.length === 0) return { why: 'absent', detail: 'no kubelet runs' };
  const meant = found.length === 1 ? found : found.filter((f) => 'nodeName' in f && f.nodeName === nodeName);
  return meant[0] ?? { why: 'failed', detail: `${found.length} kubelets run here: name one, --node NAME` };
}

/** The names by which this machine may be known to a cluster; the likeliest first. */
export async function namesOfThisHost(reads: SharedReads): Promise<readonly string[]> {
  const kubelets = await examineAll(reads);
  const own = kubelets.flatMap((found) => ('nodeName' in found ? [found.nodeName] : (found.byFlag ?? [])));
  const host = await hostName(reads.host);
  return host === null ? own : [...own, host];
}

async function examineAll(
  reads: SharedReads,
): Promise<readonly (OwnKubelet | (Unknown & { byFlag: string | null }))[]> {
  const kubelets = findDaemons(await reads.survey()).filter((d) => d.name === 'kubelet');
  return Promise.all(
    kubelets.map(async (kubelet) => {
      const found = await examineOwn(reads.host, kubelet);
      return 'why' in found ? { ...found, byFlag: nameByFlag(kubelet) } : found;
    }),
  );
}

async function examineOwn(host: Host, kubelet: Daemon): Promise<OwnKubelet | Unknown> {
  const { pid, args } = kubelet.process;
  const path = flagValue(args ?? [], 'kubeconfig') ?? (kubelet.within === 'k3s' ? K3S : null);
  if (args === null) return { why: 'no-permission', detail: `arguments of the kubelet (pid ${pid})` };
  if (path === null) return { why: 'absent', detail: 'the kubelet has no --kubeconfig' };
  const errors: string[] = [];
  const readText = await readAsKubelet(host, pid, errors);
  try {
    const { readNamed, resolveConnection } = await import('../../kube/connect.ts');
    const absolute = path.startsWith('/') ? path : host.proc(`${pid}/cwd/${path}`);
    const config = await readNamed(absolute, readText);
    const request = { found: { config, from: path }, context: null, readText, pluginDeadlineMs: null };
    const connection = await resolveConnection(request);
    const nodeName = nameByCertificate(connection) ?? nameByFlag(kubelet) ?? (await hostName(host)) ?? '';
    if (!isNodeName(nodeName)) return { why: 'failed', detail: 'the name of the node is not known' };
    return {
      component: entityId.component('kubelet', pid),
      nodeName,
      connection,
      env: await proxyEnvironment(host, pid),
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [first] = errors;
    const why = first === undefined ? 'failed' : gapReason(first);
    return { why: why === 'absent' ? 'failed' : why, detail: error.text.en };
  }
}

/** The way to the API server is the kubelet's, not that of whoever runs this. Nothing else of its environment is kept. */
async function proxyEnvironment(host: Host, pid: number): Promise<Record<string, string>> {
  const read = await host.files.readText(host.proc(`${pid}/environ`));
  const wanted: ReadonlySet<string> = new Set(PROXY_VARIABLES);
  const pairs = (read.ok ? read.value : '').split('\0').map((line) => {
    const at = line.indexOf('=');
    return [line.slice(0, at), line.slice(at + 1)] as const;
  });
  return Object.fromEntries(pairs.filter(([name]) => wanted.has(name)));
}

/** Reads the kubelet's files where it sees them. @param errors what went wrong, in the kernel's words */
async function readAsKubelet(host: Host, pid: number, errors: string[]): Promise<ReadText> {
  const shared = await sharesNamespace(host, pid, 'mnt');
  return async (path) => {
    const own = path.startsWith(host.proc());
    const read = await host.files.readText(own ? path : shared ? host.path(path) : host.proc(`${pid}/root${path}`));
    if (!read.ok) errors.push(read.error);
    return read;
  };
}

/** A kubelet's certificate is for `system:node:NAME`. Source: pkg/auth/nodeidentifier/default.go. */
function nameByCertificate({ tls }: Connection): string | null {
  if (tls.cert === undefined) return null;
  try {
    return /^CN=system:node:(.+)$/m.exec(new X509Certificate(tls.cert).subject)?.[1] ?? null;
  } catch {
    // No certificate in the file: the name is known by other means, and the API server will refuse it.
    return null;
  }
}

function nameByFlag({ process }: Daemon): string | null {
  const args = process.args ?? [];
  return flagValue(args, 'hostname-override') ?? flagValue(args, 'node-name');
}

/** As the kubelet takes it. Source: pkg/util/node/node.go, GetHostname. */
async function hostName(host: Host): Promise<string | null> {
  const read = await host.files.readText(host.proc('sys/kernel/hostname'));
  return read.ok ? read.value.trim().toLowerCase() : null;
}
