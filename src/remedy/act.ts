/** A process as it was when the plan was made. Pids are reused: whoever acts on it reads its start time again first. */
export interface ProcessRef {
  readonly pid: number;
  /** Field 22 of /proc/PID/stat, in clock ticks since boot (proc(5)). */
  readonly startTicks: number;
  /** /proc/PID/comm, to be shown; never to find it by. */
  readonly comm: string;
  /** /proc/sys/kernel/random/boot_id of when it was seen: start times begin anew at a boot. */
  readonly bootId?: string;
  /** A path of /proc/PID/cgroup as it was seen; where given, the process must still be in it. */
  readonly cgroup?: string;
}

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

export interface PodRef {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** Done through the API server. */
export type ClusterAct =
  | { readonly kind: 'cordon' | 'uncordon'; readonly node: string }
  | { readonly kind: 'remove-taint'; readonly node: string; readonly taint: Taint }
  /** @see DownProof, without which the out-of-service taint is not set */
  | { readonly kind: 'add-taint'; readonly node: string; readonly taint: Taint; readonly down?: DownProof }
  | { readonly kind: 'drain'; readonly node: string; readonly consent: DrainConsent; readonly deadlineMs: number }
  /** Out of the API server's mind at once; the container may go on running. */
  | { readonly kind: 'force-delete-pod'; readonly pod: PodRef };

/**
 * Who says that a node is off: the API server alone cannot tell a node that is down from one that is cut off and goes on
 * writing to its volumes.
 */
export interface DownProof {
  readonly by: 'operator' | 'power-management';
  /** `status.nodeInfo.bootID` of the node that was seen off: one that came up again since has another. */
  readonly bootId: string;
}

/** What a drain may destroy or leave alone: nothing that was not said. */
export interface DrainConsent {
  /** Pods with an emptyDir lose its content. */
  readonly emptyDir: boolean;
  /** Pods that no controller owns come back nowhere. */
  readonly unmanaged: boolean;
}

/** Done on the node itself. */
export type HostAct =
  | { readonly kind: 'thaw-filesystem'; readonly mountpoint: string }
  | { readonly kind: 'resume-device'; readonly name: string }
  | { readonly kind: 'abort-fuse-connection'; readonly connection: number }
  /** @property mountId field 1 of its line in mountinfo (proc_pid_mountinfo(5)): another mount may have come in its place */
  | { readonly kind: 'lazy-unmount'; readonly mountpoint: string; readonly mountId?: number }
  /** SIGCONT to a stopped daemon or shim. */
  | { readonly kind: 'resume-process'; readonly process: ProcessRef }
  /** A child that hangs: runc, a CNI plugin, an exec. SIGTERM first where `gentle`. */
  | { readonly kind: 'end-process'; readonly process: ProcessRef; readonly gentle: boolean }
  | { readonly kind: 'kill-shim'; readonly process: ProcessRef; readonly containerId: string }
  | {
      readonly kind: 'remove-container';
      readonly engine: 'docker' | 'cri';
      /** `unix:///run/docker.sock` */
      readonly endpoint: string;
      readonly containerId: string;
    }
  | { readonly kind: 'restart-service'; readonly service: ServiceRef }
  | { readonly kind: 'reboot'; readonly how: 'orderly' | 'sysrq' };

/** A daemon and what restarts it. */
export interface ServiceRef {
  readonly role: 'runtime' | 'kubelet';
  /** `docker`, `containerd`, `crio`, `kubelet` */
  readonly name: string;
  /** The systemd unit or init script by that name; null where none was found, and then nothing can restart it. */
  readonly manager: { readonly kind: 'systemd' | 'sysv'; readonly unit: string } | null;
  readonly process: ProcessRef | null;
  /** Where it answers when it is well: `unix:///run/docker.sock`, `http://127.0.0.1:10248/healthz`; the usual place by default. */
  readonly endpoint?: string;
}

/** What a step does, as data. There is no shell in it: names and paths go to system calls or argument arrays. */
export type Act = ClusterAct | HostAct;

export type ActKind = Act['kind'];
