import { apiServerProbe } from './api-server.ts';
import { certificatesProbe } from './certificates.ts';
import { cgroupCountsProbe } from './cgroup-counts.ts';
import { cgroupsProbe } from './cgroups.ts';
import { cniProbe } from './cni.ts';
import { componentsProbe } from './components.ts';
import { containerdProbe } from './containerd.ts';
import { criProbe } from './cri.ts';
import { disksProbe } from './disks.ts';
import { dockerProbe } from './docker.ts';
import { kernelLogProbe } from './kernel-log.ts';
import { kubeApiProbe } from './kube-api.ts';
import { kubeletProbe } from './kubelet.ts';
import { kubeletLogProbe } from './kubelet-log.ts';
import { limitsProbe } from './limits.ts';
import { memoryErrorsProbe } from './memory-errors.ts';
import { mountsProbe } from './mounts.ts';
import { nodeProbe } from './node.ts';
import { nodeProxyProbe } from './node-proxy.ts';
import { pressureProbe } from './pressure.ts';
import type { Probe } from './probe.ts';
import { processesProbe } from './processes.ts';
import { remoteNodeProbe } from './remote-node.ts';
import { systemStateProbe } from './system-state.ts';

/**
 * Every probe of a host, in the order in which a case file lists what they saw. Where two name the same thing, the
 * first name holds: an engine knows its containers by pod and name, the process table only by id.
 */
export const PROBES: readonly Probe[] = [
  nodeProbe,
  componentsProbe,
  kubeletProbe,
  kubeletLogProbe,
  apiServerProbe,
  certificatesProbe,
  dockerProbe,
  criProbe,
  containerdProbe,
  processesProbe,
  cniProbe,
  mountsProbe,
  disksProbe,
  pressureProbe,
  cgroupsProbe,
  cgroupCountsProbe,
  limitsProbe,
  kernelLogProbe,
  memoryErrorsProbe,
  systemStateProbe,
  kubeApiProbe,
];

/** For a node that this does not run on. */
export const REMOTE_PROBES: readonly Probe[] = [remoteNodeProbe, kubeApiProbe, nodeProxyProbe];
