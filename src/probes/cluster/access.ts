import type { FactOf } from '../../evidence/observation.ts';
import type { KubeAnswer, KubeClient } from '../../kube/kube-client.ts';
import type { CallResult } from '../../runtimes/call-result.ts';

/** The way to one node's cluster. */
export interface ClusterAccess {
  readonly client: KubeClient;
  /** As the API server knows it. */
  readonly nodeName: string;
  readonly askedWith: FactOf<'api-server'>['askedWith'];
  /** Its GET of the node object, where that was begun before. */
  readonly node?: Promise<CallResult<KubeAnswer>>;
}
