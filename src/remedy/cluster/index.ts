import type { KubeWriter } from '../../kube/kube-writer.ts';
import type { ClusterAct } from '../act.ts';
import type { OnProgress, Outcome } from '../outcome.ts';

export { createKubeWriter } from '../../kube/kube-writer.ts';

export interface PerformOptions {
  readonly signal: AbortSignal;
  /** ms from now for all of the act, waiting included. */
  readonly deadlineMs: number;
  readonly onProgress?: OnProgress;
}

/** Does what is done through the API server. Faults of the other side are outcomes: it never rejects for them. */
export interface ClusterActor {
  perform(act: ClusterAct, options: PerformOptions): Promise<Outcome>;
}

export interface ClusterActorOptions {
  /** Of one call, ms. */
  readonly callTimeoutMs: number;
  /** Unix ms. */
  readonly now: () => number;
}

/** @param client as a user with the rights of `notready-apply` in deploy/rbac.yaml */
export function createClusterActor(client: KubeWriter, options: ClusterActorOptions): ClusterActor {
  void client;
  void options;
  return {
    perform: () => Promise.reject(new Error('not built yet')),
  };
}
