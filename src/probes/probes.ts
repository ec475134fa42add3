import { cgroupsProbe } from './cgroups.ts';
import { componentsProbe } from './components.ts';
import { containerdProbe } from './containerd.ts';
import { criProbe } from './cri.ts';
import { disksProbe } from './disks.ts';
import { dockerProbe } from './docker.ts';
import { kernelLogProbe } from './kernel-log.ts';
import { kubeletProbe } from './kubelet.ts';
import { kubeletLogProbe } from './kubelet-log.ts';
import { limitsProbe } from './limits.ts';
import { mountsProbe } from './mounts.ts';
import { nodeProbe } from './node.ts';
import { pressureProbe } from './pressure.ts';
import type { Probe } from './probe.ts';
import { processesProbe } from './processes.ts';

/**
 * Every probe, in the order in which a case file lists what they saw. Where two name the same thing, the first name
 * holds: an engine knows its containers by pod and name, the process table only by id.
 */
export const PROBES: readonly Probe[] = [
  nodeProbe,
  componentsProbe,
  kubeletProbe,
  kubeletLogProbe,
  dockerProbe,
  criProbe,
  containerdProbe,
  processesProbe,
  mountsProbe,
  disksProbe,
  pressureProbe,
  cgroupsProbe,
  limitsProbe,
  kernelLogProbe,
];
