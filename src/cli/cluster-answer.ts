import type { KubeAnswer, KubeClient } from '../kube/kube-client.ts';
import { apiOutcome } from '../kube/outcome.ts';
import { kubePath } from '../kube/paths.ts';
import { readNames } from '../probes/cluster/names.ts';
import type { CallResult } from '../runtimes/call-result.ts';
import { closest } from '../text/closest.ts';
import type { Text } from '../text/text.ts';
import { harmlessLine } from '../text/untrusted.ts';
import { UserError } from '../text/user-error.ts';
import { ExaminationFailed } from './failure.ts';

/**
 * Ends the command where the first answer of the API server says that there is nothing to examine: no such node, no
 * such user, no answer. A user who may not see the node object may still see its pods or events.
 * @throws UserError or ExaminationFailed
 */
export async function refuseWhereNotThere(
  client: KubeClient,
  nodeName: string,
  answer: CallResult<KubeAnswer>,
  deadlineMs: number,
): Promise<void> {
  const { outcome, detail } = apiOutcome(answer);
  if (outcome === 'rejected') throw unauthorized(client.server, detail);
  if (outcome !== 'ok') throw unreachable(client.server, outcome, detail);
  if (answer.outcome === 'ok' && answer.value.status === 404) {
    throw noSuchNode(nodeName, await nodeNames(client, deadlineMs));
  }
}

/** Names alone: the objects of a large cluster are large. */
async function nodeNames(client: KubeClient, deadlineMs: number): Promise<readonly string[]> {
  const accept = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
  const answer = await client.get(`${kubePath.list('nodes')}?limit=5000`, { deadlineMs, accept });
  return answer.outcome === 'ok' && answer.value.status === 200 ? readNames(answer.value.body) : [];
}

function noSuchNode(name: string, known: readonly string[]): UserError {
  return new UserError(
    { en: `the cluster has no node ${name}`, zh: `集群中没有节点 ${name}` },
    suggestion(name, known),
  );
}

function suggestion(name: string, known: readonly string[]): Text {
  const near = closest(name, known);
  if (near !== null)
    return { en: `did you mean: ${harmlessLine(near, 253)}`, zh: `您是不是想用：${harmlessLine(near, 253)}` };
  if (known.length === 0) return { en: 'see: kubectl get nodes', zh: '可用 kubectl get nodes 查看' };
  const some = harmlessLine(known.slice(0, 5).join(', '), 500);
  const more = known.length > 5 ? ' ...' : '';
  return { en: `it has: ${some}${more}`, zh: `现有节点：${some}${more}` };
}

function unauthorized(server: string, detail: string): UserError {
  const where = harmlessLine(server, 200);
  return new UserError(
    {
      en: `the API server ${where} does not accept the credentials of the kubeconfig (${detail})`,
      zh: `API server ${where} 不接受该 kubeconfig 的凭据（${detail}）`,
    },
    {
      en: 'expired? log in again, or name another: --kubeconfig FILE, --context NAME',
      zh: '可能已过期，请重新登录，或另行指定：--kubeconfig FILE、--context NAME',
    },
  );
}

const HOW: Readonly<Record<string, Text>> = {
  timeout: { en: 'does not answer', zh: '没有响应' },
  refused: { en: 'cannot be reached', zh: '无法连接' },
  unreachable: { en: 'cannot be reached', zh: '无法连接' },
  'tls-failed': { en: 'shows a certificate that is not trusted', zh: '的证书不受信任' },
  unhealthy: { en: 'answers, but is not well', zh: '有响应，但状态异常' },
};

function unreachable(server: string, outcome: string, detail: string): ExaminationFailed {
  const where = harmlessLine(server, 200);
  const how = HOW[outcome] ?? { en: 'cannot be asked', zh: '无法访问' };
  return new ExaminationFailed(
    { en: `the API server ${where} ${how.en}: ${detail}`, zh: `API server ${where} ${how.zh}：${detail}` },
    { en: 'run notready on the node itself: it needs no API server', zh: '请在节点上运行 notready：不依赖 API server' },
  );
}
