import type { Host } from '../host/host.ts';
import { createLinuxHost } from '../host/linux-host.ts';
import { namesOfThisHost } from '../probes/cluster/own-kubelet.ts';
import { shareReads } from '../probes/shared-reads.ts';
import type { ClusterContext } from '../remedy/cluster/context.ts';
import type { KubeWriter } from '../remedy/cluster/index.ts';
import { readClusterContext } from '../remedy/cluster/read-context.ts';
import { UserError } from '../text/user-error.ts';
import type { CliContext } from './context.ts';
import type { RemediateOptions } from './remediate-options.ts';
import { findWriter } from './remedy-cluster.ts';

/** What can be reached from here: the node's host where this is it, and the API server where one is named. */
export interface World {
  readonly node: string;
  /** As the user named it; null for this host. */
  readonly nodeArgument: string | null;
  readonly host: Host | null;
  readonly writer: KubeWriter | null;
  /** The cluster, read again where it is older; null without an API server. */
  readonly cluster: (olderThanMs: number, signal: AbortSignal) => Promise<ClusterContext | null>;
  /** The cluster was changed: what was read before is old, however young. */
  readonly forgetCluster: () => void;
  readonly close: () => void;
}

const LOOK_MS = 10_000;
const CALL_MS = 10_000;
const READ_MS = 20_000;

/** @throws UserError where the node cannot be told or reached */
export async function openWorld(
  nodeArgument: string | null,
  options: RemediateOptions,
  context: CliContext,
): Promise<World> {
  const host = process.platform === 'linux' ? createLinuxHost() : null;
  const names = host === null ? [] : await namesOfThisHost(shareReads(host, host.now() + LOOK_MS));
  const node = nodeArgument ?? names[0];
  const local = node !== undefined && names.includes(node);
  const wantsCluster = nodeArgument !== null || options.kubeconfig !== undefined || options.context !== undefined;
  const writer = wantsCluster ? await findWriter(options, context) : null;
  if (node === undefined || (!local && writer === null)) throw notReachable(node ?? '');
  return {
    node,
    nodeArgument,
    host: local ? host : null,
    writer,
    ...clusterReader(writer, node),
    close: () => {
      writer?.close();
      host?.files.close();
    },
  };
}

function clusterReader(writer: KubeWriter | null, node: string): Pick<World, 'cluster' | 'forgetCluster'> {
  let last: ClusterContext | null = null;
  let readAt = 0;
  return {
    forgetCluster: () => {
      last = null;
    },
    cluster: async (olderThanMs, signal) => {
      if (writer === null) return null;
      if (last !== null && Date.now() - readAt < olderThanMs) return last;
      const limits = { callTimeoutMs: CALL_MS, deadlineMs: READ_MS, signal };
      last = await readClusterContext(writer, node, { ...limits, now: Date.now });
      // One that did not answer took its whole time, and is not asked again at once.
      readAt = last.node === null ? Date.now() : last.at;
      return last;
    },
  };
}

function notReachable(node: string): UserError {
  return new UserError(
    {
      en: `${node === '' ? 'this machine' : node} cannot be reached: it is not this host, and no kubeconfig was found`,
      zh: `无法访问 ${node === '' ? '本机' : node}：它不是本机，也没有找到 kubeconfig`,
    },
    { en: 'name one: --kubeconfig FILE, or run it on the node', zh: '请用 --kubeconfig FILE 指定，或在该节点上运行' },
  );
}
