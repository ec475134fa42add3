import type { KubeWriter } from '../../kube/kube-writer.ts';
import type { ClusterAct } from '../act.ts';
import type { OnProgress, Outcome } from '../outcome.ts';
import { type Calls, createCalls } from './calls.ts';
import { changeNode } from './change-node.ts';
import { decideCordon, decideUncordon } from './cordon.ts';
import { drain } from './drain/index.ts';
import { forceDeletePod } from './force-delete.ts';
import { type NodeEvent, recordEvent } from './record-event.ts';
import { decideAddTaint, decideRemoveTaint } from './taints.ts';

export { createKubeWriter, type KubeWriter } from '../../kube/kube-writer.ts';
export type { NodeEvent };

export interface PerformOptions {
  readonly signal: AbortSignal;
  /** ms from now for all of the act, waiting included. */
  readonly deadlineMs: number;
  readonly onProgress?: OnProgress;
}

/**
 * Does what is done through the API server. Faults of the other side are outcomes: it never rejects for them. Every act
 * may be asked for again: what is done already is `done`.
 */
export interface ClusterActor {
  perform(act: ClusterAct, options: PerformOptions): Promise<Outcome>;
  /** Writes one line of the audit into the cluster. */
  record(event: NodeEvent, options: PerformOptions): Promise<Outcome>;
}

export interface ClusterActorOptions {
  /** Of one call, ms. */
  readonly callTimeoutMs: number;
  /** Unix ms. */
  readonly now: () => number;
  /** Whole ids of the containers that the diagnosis found hung: a drain does not wait for them in vain. */
  readonly hungContainers: ReadonlySet<string>;
}

/** @param client as a user with the rights of deploy/rbac-remediate.yaml */
export function createClusterActor(client: KubeWriter, options: ClusterActorOptions): ClusterActor {
  const callsOf = ({ signal, deadlineMs }: PerformOptions): Calls =>
    createCalls(client, { signal, deadlineMs, callTimeoutMs: options.callTimeoutMs, now: options.now });
  return {
    perform: (act, given) => {
      const deadlineMs = act.kind === 'drain' ? Math.min(act.deadlineMs, given.deadlineMs) : given.deadlineMs;
      return perform(callsOf({ ...given, deadlineMs }), act, given, options);
    },
    record: (event, given) => recordEvent(callsOf(given), event),
  };
}

function perform(
  calls: Calls,
  act: ClusterAct,
  { onProgress }: PerformOptions,
  { hungContainers }: ClusterActorOptions,
): Promise<Outcome> {
  switch (act.kind) {
    case 'cordon':
      return changeNode(calls, act.node, decideCordon);
    case 'uncordon':
      return changeNode(calls, act.node, decideUncordon);
    case 'add-taint':
      return changeNode(calls, act.node, decideAddTaint(act.taint, act.down ?? null));
    case 'remove-taint':
      return changeNode(calls, act.node, decideRemoveTaint(act.taint));
    case 'drain':
      return drain(calls, act, { tell: onProgress ?? (() => undefined), hungContainers });
    case 'force-delete-pod':
      return forceDeletePod(calls, act.pod);
  }
}
