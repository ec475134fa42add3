/** Causes that a verdict may name. Users and tests rely on these words: none is renamed. */
export const CAUSE_SLUGS = [
  'hardware-fault',
  'kernel-bug',
  'storage-unresponsive',
  'unkillable-process',
  'zombie-not-reaped',
  'runtime-deadlock',
  'oci-runtime-hung',
  'exec-probe-pileup',
  'container-status-hung',
  'runtime-state-corrupt',
  'runtime-misconfigured',
  'runtime-unresponsive',
  'runtime-down',
  'too-many-containers',
  'io-saturation',
  'cpu-starvation',
  'memory-pressure',
  'disk-full',
  'pid-exhaustion',
  'cgroup-leak',
  'systemd-dbus-hung',
  'device-plugin-hung',
  'device-busy',
  'clock-jump',
  'node-shutdown',
  'cni-not-ready',
  'cni-hung',
  'control-plane-overloaded',
  'certificate-expired',
  'control-plane-unreachable',
  'relist-deadlock',
  'kubelet-misconfigured',
  'kubelet-bug',
  'kubelet-down',
] as const;
export type CauseSlug = (typeof CAUSE_SLUGS)[number];

/** States of a node on the way from a cause to the symptom, in the words of the field. */
export const SYMPTOM_STATES = [
  'threads-stuck',
  'zombie-held',
  'container-unkillable',
  'pod-stuck-terminating',
  'status-calls-hang',
  'runtime-calls-slow',
  'list-calls-hang',
  'pods-cannot-start',
  'relist-slow',
  'runtime-reported-down',
  'pleg-unhealthy',
  'network-not-ready',
  'kubelet-not-reporting',
  'node-not-ready',
] as const;
export type SymptomState = (typeof SYMPTOM_STATES)[number];

export type StateId = CauseSlug | SymptomState;
