import type { Asked } from '../../kube/asked.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import { type Listed, type ListRequest, listPages } from '../../kube/list.ts';
import type { ProbeContext } from '../probe.ts';
import { limitsOf } from './ask.ts';

/** {@link listPages}, within what an examination allows. */
export function listAll<T>(
  context: ProbeContext,
  client: KubeClient,
  request: ListRequest,
  read: (item: unknown) => T | null,
): Promise<Asked<Listed<T>>> {
  return listPages(client, request, () => limitsOf(context), read);
}
