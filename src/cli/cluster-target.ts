import { readFile } from 'node:fs/promises';
import { errorCode } from '../host/error-code.ts';
import type { Host } from '../host/host.ts';
import type { FoundKubeconfig, ReadText } from '../kube/find-kubeconfig.ts';
import { kubePath } from '../kube/paths.ts';
import type { ClusterAccess } from '../probes/cluster/access.ts';
import { namesOfThisHost } from '../probes/cluster/own-kubelet.ts';
import { shareReads } from '../probes/shared-reads.ts';
import { UserError } from '../text/user-error.ts';
import { refuseWhereNotThere } from './cluster-answer.ts';
import type { CliContext } from './context.ts';
import type { ExaminationOptions } from './examination-options.ts';
import { withPatience } from './patience.ts';

/** The node that is meant, and the way to it. */
export interface ClusterTarget {
  /** Null for this host by the kubelet's own kubeconfig. */
  readonly access: ClusterAccess | null;
  /** This host is that node. */
  readonly local: boolean;
  readonly nodeName: string;
}

interface TargetRequest {
  readonly options: Pick<ExaminationOptions, 'node' | 'kubeconfig' | 'context'>;
  readonly context: CliContext;
  readonly host: Host;
  readonly budgetMs: number;
  readonly callTimeoutMs: number;
}

/**
 * What the user asked for by --node, --kubeconfig and --context; null for none of them. A node that is not this host
 * must be there and answer, for nothing else would be seen.
 * @throws UserError for what the user can put right; ExaminationFailed where the API server cannot be reached
 */
export async function findTarget(request: TargetRequest): Promise<ClusterTarget | null> {
  const { options, context, host, budgetMs, callTimeoutMs } = request;
  const { node, kubeconfig = null, context: contextName = null } = options;
  if (node === undefined && kubeconfig === null && contextName === null) return null;
  const names = process.platform === 'linux' ? await namesOfThisHost(shareReads(host, host.now() + budgetMs)) : [];
  const nodeName = node ?? names[0];
  if (nodeName === undefined) throw nodeMissing();
  const local = names.includes(nodeName);
  const { createKubeClient, findKubeconfig, resolveConnection } = await import('../kube/connect.ts');
  const found = await findKubeconfig({ flag: kubeconfig, env: context.env, readText });
  if (found === null && local && contextName === null) return { access: null, local, nodeName };
  const connection = await resolveConnection({
    found: found ?? noKubeconfig(),
    context: contextName,
    readText,
    pluginDeadlineMs: local ? callTimeoutMs : budgetMs / 2,
  });
  const client = createKubeClient(connection, context.env);
  const asked = client.get(kubePath.node(nodeName), { deadlineMs: callTimeoutMs });
  if (!local) await refuseWhereNotThere(client, nodeName, await asked, callTimeoutMs);
  return { access: { client, nodeName, askedWith: 'user-kubeconfig', node: asked }, local, nodeName };
}

const readText: ReadText = async (path) => {
  try {
    return { ok: true, value: await withPatience(path, readFile(path, 'utf8')) };
  } catch (error) {
    if (error instanceof UserError) throw error;
    return { ok: false, error: errorCode(error) };
  }
};

function noKubeconfig(): FoundKubeconfig {
  throw new UserError(
    {
      en: 'no kubeconfig found: KUBECONFIG is not set, ~/.kube/config is not there, and this is no pod',
      zh: '没有找到 kubeconfig：未设置 KUBECONFIG，没有 ~/.kube/config，也不在 Pod 中',
    },
    { en: 'name one: --kubeconfig FILE', zh: '请指定：--kubeconfig FILE' },
  );
}

function nodeMissing(): UserError {
  return new UserError(
    { en: 'which node? this machine is none', zh: '未指定节点，而本机不是节点' },
    { en: 'name it: --node NAME', zh: '请指定：--node NAME' },
  );
}
