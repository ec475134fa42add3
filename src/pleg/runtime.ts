import type { ContainerStatus, Pod, SandboxStatus } from './pod.ts';

/** How a call to a runtime went. `error`: it said no. `timeout`: nothing came by the deadline. */
export type Answer<T> = { readonly outcome: 'ok'; readonly value: T } | CallFailure;

export interface CallFailure {
  readonly outcome: 'error' | 'timeout';
  /** An errno name, an HTTP status, a gRPC status name, or a code of the client's own. */
  readonly code: string;
  readonly message: string;
}

/** What comes later without a promise: how a virtual runtime answers in virtual time. */
export interface Later<T> {
  whenSettled(act: (value: T) => void): void;
}

/** What a real runtime (a promise that does not reject) or a virtual one gives back. */
export type Reply<T> = PromiseLike<T> | Later<T>;

export interface CallLimits {
  /** ms from now. Who calls gives up by itself at that time, too: a runtime that never replies stops nobody. */
  readonly deadlineMs: number;
}

/** What a runtime says of itself (RuntimeCondition of CRI). Null: it did not mention it. */
export interface RuntimeConditions {
  readonly runtimeReady: RuntimeCondition | null;
  readonly networkReady: RuntimeCondition | null;
}

export interface RuntimeCondition {
  readonly status: boolean;
  readonly reason: string;
  readonly message: string;
}

/** The calls that a pod lifecycle event generator and the node's status need; each asks one thing. */
export interface Runtime {
  /**
   * Every pod with all its sandboxes and containers, ended ones too.
   * @param podUid only this pod, as the kubelet lists again before it inspects (kuberuntime_manager.go, GetPodStatus)
   */
  listPods(limits: CallLimits, podUid?: string): Reply<Answer<readonly Pod[]>>;
  sandboxStatus(id: string, limits: CallLimits): Reply<Answer<SandboxStatus>>;
  containerStatus(id: string, limits: CallLimits): Reply<Answer<ContainerStatus>>;
  conditions(limits: CallLimits): Reply<Answer<RuntimeConditions>>;
}

/** The calls by name, as records name them. */
export type CallName = 'list' | 'sandbox-status' | 'container-status' | 'conditions';
