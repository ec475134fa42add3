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
