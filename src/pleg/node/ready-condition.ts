import type { Era } from '../era.ts';
import { joinErrors } from './errors.ts';

/** The node's Ready condition as the API server holds it. */
export interface ReadyCondition {
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string;
  readonly message: string;
  /** Unix ms. The node controller leaves it as it is. */
  readonly heartbeatAt: number;
  readonly transitionAt: number;
}

/** Who wrote a change of the Ready condition. */
export type ConditionWriter = 'kubelet' | 'node-controller';

export interface ReadyChange {
  readonly at: number;
  readonly by: ConditionWriter;
  readonly from: ReadyCondition | null;
  readonly to: ReadyCondition;
}

/** What is wrong on the node, in the order in which the kubelet asks. */
export interface NodeErrors {
  readonly runtime: readonly string[];
  readonly network: readonly string[];
}

/**
 * The Ready condition that a kubelet posts. Source: ReadyCondition in pkg/kubelet/nodestatus/setters.go @ v1.20.2;
 * storage, shutdown and missing capacities are not part of this model.
 * @param before as the API server holds it
 */
export function readyCondition(
  { runtime, network }: NodeErrors,
  joins: Era['messages']['joins'],
  now: number,
  before: ReadyCondition | null,
): ReadyCondition {
  const errors = [...runtime, ...network];
  const status = errors.length === 0 ? 'True' : 'False';
  return {
    status,
    reason: errors.length === 0 ? 'KubeletReady' : 'KubeletNotReady',
    message: errors.length === 0 ? 'kubelet is posting ready status' : joinErrors(errors, joins),
    heartbeatAt: now,
    transitionAt: before?.status === status ? before.transitionAt : now,
  };
}
