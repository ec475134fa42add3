/** A container's state as a runtime lists it. Source: pkg/kubelet/container/runtime.go (State) @ v1.20.2. */
export type ContainerState = 'created' | 'running' | 'exited' | 'unknown';

/** One line of a runtime's list: a container, or the sandbox of a pod. */
export interface Container {
  readonly id: string;
  /** As in the pod's spec; `POD` for a sandbox. */
  readonly name: string;
  readonly state: ContainerState;
  /** Restarts before this one; null where the runtime does not say. */
  readonly attempt: number | null;
}

/** Which pod. */
export interface PodRef {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
}

/** A pod as listed: all that is left of it, ended sandboxes and containers too. */
export interface Pod extends PodRef {
  readonly sandboxes: readonly Container[];
  readonly containers: readonly Container[];
}

export interface SandboxStatus {
  readonly id: string;
  readonly ready: boolean;
  readonly ips: readonly string[];
}

export interface ContainerStatus {
  readonly id: string;
  readonly name: string;
  readonly state: ContainerState;
  /** Null while it has none. */
  readonly exitCode: number | null;
  /** Unix ms; null before. */
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

/** What inspecting a pod found, as pod workers read it from the cache. */
export interface PodStatus extends PodRef {
  readonly ips: readonly string[];
  readonly sandboxes: readonly SandboxStatus[];
  readonly containers: readonly ContainerStatus[];
}
