/** What differs between releases of Kubernetes in how the kubelet relists and how a node gets Ready. Times are ms. */
export interface Era {
  /** `1.6` to `1.13`, for people. */
  readonly name: string;
  /** Minor version (1.x) from which it holds. */
  readonly since: number;
  readonly relist: RelistEra;
  readonly channel: ChannelEra;
  readonly messages: MessageEra;
  /** Since when the runtime's own check must not have passed, for `container runtime is down`. */
  readonly runtimeThresholdMs: number;
  readonly heartbeat: HeartbeatEra;
  /** The node controller's --node-monitor-grace-period where not set. */
  readonly gracePeriodMs: number;
  /** Whether the evented generator exists behind its feature gate (1.37 made a mere hint of it). */
  readonly evented: boolean;
}

export interface RelistEra {
  /** From the end of one relist to the begin of the next. */
  readonly periodMs: number;
  /** An older stamp is unhealthy. */
  readonly thresholdMs: number;
  /** A pod whose inspection failed is, in each relist after the first, asked for this often. */
  readonly inspections: 1 | 2;
  /** Whether the stamp moves only once the list was answered. Before, a list that fails counts as a relist. */
  readonly stampNeedsList: boolean;
}

export interface ChannelEra {
  readonly capacity: number;
  /** `block`: the relist stands still until there is room. `discard`: the event is lost. */
  readonly whenFull: 'block' | 'discard';
}

export interface MessageEra {
  /** Whether no relist yet is said so; else it is an age of 292 years. */
  readonly saysNeverSuccessful: boolean;
  /** Before the first check of the runtime. */
  readonly runtimeUnchecked: string;
  /** Several errors: `a,b`, or as Go's aggregate, `[a, b]`. */
  readonly joins: 'comma' | 'aggregate';
  /** What stands before what the runtime says of its network, and of itself. */
  readonly networkNotReady: string;
  readonly runtimeNotReady: string;
  /** How `skipping pod synchronization` lines look. */
  readonly skipLine: 'list' | 'text' | 'structured';
}

export interface HeartbeatEra {
  /** Whether a lease in kube-node-lease is the heartbeat, and the status is written on change. */
  readonly lease: boolean;
  /** --node-status-update-frequency where not set: how often the status is computed. */
  readonly updateMs: number;
  /** How often an unchanged status is written; as `updateMs` where there is no lease. */
  readonly reportMs: number;
}
