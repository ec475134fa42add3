/** How fast a cluster notices and gives up. All in seconds. */
export interface Timing {
  /** kubelet: --runtime-request-timeout. */
  readonly runtimeRequestTimeout: number;
  /** kubelet: nodeStatusUpdateFrequency. */
  readonly nodeStatusUpdate: number;
  /** kubelet: nodeLeaseDurationSeconds; renewed at a quarter of it. */
  readonly leaseDuration: number;
  /** kube-controller-manager: --node-monitor-period and --node-monitor-grace-period. */
  readonly monitorPeriod: number;
  readonly monitorGracePeriod: number;
  /** kubelet: evictionPressureTransitionPeriod. */
  readonly pressureTransition: number;
}

/** What a cluster has that nobody tuned (kubelet and kube-controller-manager 1.20, their default values). */
export const STOCK: Timing = {
  runtimeRequestTimeout: 120,
  nodeStatusUpdate: 10,
  leaseDuration: 40,
  monitorPeriod: 5,
  monitorGracePeriod: 40,
  pressureTransition: 300,
};

/** For tests: the same, sooner. The PLEG's own period and threshold (1 s, 3 min) cannot be set. */
export const BRISK: Timing = {
  runtimeRequestTimeout: 120,
  nodeStatusUpdate: 2,
  leaseDuration: 8,
  monitorPeriod: 1,
  monitorGracePeriod: 10,
  pressureTransition: 5,
};

/** Sooner still, where a call to the runtime must time out: with containerd the kubelet says NotReady only then. */
export const HASTY: Timing = { ...BRISK, runtimeRequestTimeout: 15 };

/** `own`: what a scenario shows depends on settings of its own. */
export type Pace = 'stock' | 'brisk' | 'own';

export function paceOf(timing: Timing): Pace {
  if (timing === STOCK) return 'stock';
  return timing === BRISK ? 'brisk' : 'own';
}
