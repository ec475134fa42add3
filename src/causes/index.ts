import type { Cause } from './cause.ts';
import { certificateExpired } from './certificate-expired.ts';
import { cgroupLeak } from './cgroup-leak.ts';
import { clockJump } from './clock-jump.ts';
import { cniHung } from './cni-hung.ts';
import { cniNotReady } from './cni-not-ready.ts';
import { containerStatusHung } from './container-status-hung.ts';
import { controlPlaneOverloaded } from './control-plane-overloaded.ts';
import { controlPlaneUnreachable } from './control-plane-unreachable.ts';
import { cpuStarvation } from './cpu-starvation.ts';
import { deviceBusy } from './device-busy.ts';
import { devicePluginHung } from './device-plugin-hung.ts';
import { diskFull } from './disk-full.ts';
import { execProbePileup } from './exec-probe-pileup.ts';
import { hardwareFault } from './hardware-fault.ts';
import { ioSaturation } from './io-saturation.ts';
import { kernelBug } from './kernel-bug.ts';
import { kubeletBug } from './kubelet-bug.ts';
import { kubeletDown } from './kubelet-down.ts';
import { kubeletMisconfigured } from './kubelet-misconfigured.ts';
import { memoryPressure } from './memory-pressure.ts';
import { nodeShutdown } from './node-shutdown.ts';
import { ociRuntimeHung } from './oci-runtime-hung.ts';
import { pidExhaustion } from './pid-exhaustion.ts';
import { relistDeadlock } from './relist-deadlock.ts';
import { runtimeDeadlock } from './runtime-deadlock.ts';
import { runtimeDown } from './runtime-down.ts';
import { runtimeMisconfigured } from './runtime-misconfigured.ts';
import { runtimeStateCorrupt } from './runtime-state-corrupt.ts';
import { runtimeUnresponsive } from './runtime-unresponsive.ts';
import { storageUnresponsive } from './storage-unresponsive.ts';
import { systemdDbusHung } from './systemd-dbus-hung.ts';
import { tooManyContainers } from './too-many-containers.ts';
import { unkillableProcess } from './unkillable-process.ts';
import { zombieNotReaped } from './zombie-not-reaped.ts';

/** The catalogue: every cause that a verdict may name, the deepest first. */
export const CAUSES: readonly Cause[] = [
  hardwareFault,
  kernelBug,
  storageUnresponsive,
  unkillableProcess,
  zombieNotReaped,
  runtimeDeadlock,
  ociRuntimeHung,
  execProbePileup,
  containerStatusHung,
  runtimeStateCorrupt,
  runtimeMisconfigured,
  runtimeUnresponsive,
  runtimeDown,
  tooManyContainers,
  ioSaturation,
  cpuStarvation,
  memoryPressure,
  diskFull,
  pidExhaustion,
  cgroupLeak,
  systemdDbusHung,
  devicePluginHung,
  deviceBusy,
  clockJump,
  nodeShutdown,
  cniNotReady,
  cniHung,
  controlPlaneOverloaded,
  certificateExpired,
  controlPlaneUnreachable,
  relistDeadlock,
  kubeletMisconfigured,
  kubeletBug,
  kubeletDown,
];
