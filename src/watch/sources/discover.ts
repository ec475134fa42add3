import type { ClusterAccess } from '../../probes/cluster/access.ts';
import type { OwnKubelet } from '../../probes/cluster/own-kubelet.ts';
import type { SharedReads } from '../../probes/shared-reads.ts';
import type { SourceName } from '../model/news.ts';
import { type FoundKubelet, findKubelet } from './find-kubelet.ts';
import { type FoundRuntime, findRuntime } from './find-runtime.ts';
import type { Ways } from './sources.ts';

export interface DiscoverOptions {
  /** As the user wrote it; null where the runtime is to be found. */
  readonly runtimeEndpoint: string | null;
  readonly nodeName: string | null;
  /** The way to the API server that the user named; null for the kubelet's own. */
  readonly access: ClusterAccess | null;
  readonly periodMs: number;
}

/** What there is to watch, or why there is nothing. */
export type Discovered = Ways | Extract<FoundRuntime, { ok: false }>;

/** Looks what there is to watch on this host. */
export async function discover(
  reads: SharedReads,
  { runtimeEndpoint, nodeName, access, periodMs }: DiscoverOptions,
): Promise<Discovered> {
  const { kubelet, own } = await findKubelet(reads, nodeName);
  const runtime = await findRuntime(reads, runtimeEndpoint, kubelet?.settings.runtimeEndpoint ?? null);
  if (!runtime.ok) return runtime;
  const missing = new Map<SourceName, string>();
  const cluster = access ?? (await accessOf(own));
  if (cluster === null && 'detail' in own) missing.set('api-server', own.detail);
  if (kubelet === null || !kubelet.reachable) {
    const why = 'detail' in own ? own.detail : 'it is not known which kubelet is meant';
    missing.set('kubelet-metrics', kubelet === null ? why : 'it has a network of its own');
  }
  return {
    subject: {
      node: cluster?.nodeName ?? nodeName,
      runtime: { kind: runtime.kind, endpoint: `unix://${runtime.endpoint}` },
      kubelet: kubelet && rulesOf(kubelet),
      periodMs,
    },
    apiServer: cluster,
    // The kubelet's own credentials do not open the API server's proxy.
    metrics: kubelet?.reachable ? { settings: kubelet.settings, cluster: access } : null,
    missing,
  };
}

function rulesOf({ pid, settings }: FoundKubelet) {
  const { runtimeRequestTimeoutMs, nodeStatusUpdateMs } = settings;
  return { pid, requestTimeoutMs: runtimeRequestTimeoutMs, statusEveryMs: nodeStatusUpdateMs };
}

async function accessOf(own: OwnKubelet | { readonly detail: string }): Promise<ClusterAccess | null> {
  if ('detail' in own) return null;
  const { createKubeClient } = await import('../../kube/connect.ts');
  const client = createKubeClient(own.connection, own.env);
  return { client, nodeName: own.nodeName, askedWith: 'kubelet-kubeconfig' };
}
