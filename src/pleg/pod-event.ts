/**
 * Kinds of events. `PodSync` is for what no other kind says, and never made by relisting. `ConditionMet`: since 1.33.
 * Source: pkg/kubelet/pleg/pleg.go @ v1.20.2 and current.
 */
export type PodEventType =
  | 'ContainerStarted'
  | 'ContainerDied'
  | 'ContainerRemoved'
  | 'ContainerChanged'
  | 'PodSync'
  | 'ConditionMet';

/** A pod lifecycle event. */
export interface PodEvent {
  readonly podUid: string;
  readonly type: PodEventType;
  /** Null for events of the pod as a whole. */
  readonly containerId: string | null;
}
