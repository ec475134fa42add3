import type { Refused } from '../../../kube/asked.ts';
import { listPages } from '../../../kube/list.ts';
import { kubePath } from '../../../kube/paths.ts';
import type { Calls } from '../calls.ts';
import { type Budget, readBudget } from '../objects/budget.ts';
import { type ClusterPod, readClusterPod } from '../objects/pod.ts';
import type { PolicyVersion } from '../policy-version.ts';
import { isOfDaemonSet, ownerName } from './sort-pods.ts';

/** Five times the kubelet's default of 110. */
const MOST_PODS = 1000;
const MOST_BUDGETS = 5000;

/** The pods of a node as they stand now. All or none: a drain that saw a part would call the rest gone. */
export async function podsOf({ client, limits }: Calls, node: string): Promise<readonly ClusterPod[] | Refused> {
  const path = kubePath.list('pods', { 'spec.nodeName': node });
  const request = { path, right: 'list pods', pageSize: 500, maxItems: MOST_PODS };
  const listed = await listPages(client, request, limits, readClusterPod);
  if (!listed.ok) return listed;
  return listed.value.rest ?? listed.value.items;
}

/** The budgets of the cluster; none where they cannot be read: then the words of the eviction API are all there is. */
export async function allBudgets({ client, limits }: Calls, version: PolicyVersion): Promise<readonly Budget[]> {
  const path = kubePath.list(version === 'v1' ? 'poddisruptionbudgets' : 'poddisruptionbudgets v1beta1');
  const request = { path, right: 'list poddisruptionbudgets.policy', pageSize: 500, maxItems: MOST_BUDGETS };
  const listed = await listPages(client, request, limits, (item) => readBudget(item, version));
  return listed.ok ? listed.value.items : [];
}

/** Of the DaemonSets that pods name, those that do not exist; one that cannot be asked for is taken to exist. */
export async function lostDaemonSets(calls: Calls, pods: readonly ClusterPod[]): Promise<ReadonlySet<string>> {
  const named = new Map(pods.filter(isOfDaemonSet).map((pod) => [ownerName(pod), pod]));
  const lost = await Promise.all(
    [...named].map(async ([name, pod]) => {
      const path = kubePath.daemonSet(pod.namespace, pod.owner?.name ?? '');
      const answer = await calls.client.get(path, calls.limits());
      return answer.outcome === 'ok' && answer.value.status === 404 ? [name] : [];
    }),
  );
  return new Set(lost.flat());
}
