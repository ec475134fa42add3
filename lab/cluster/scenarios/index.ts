import type { ClusterScenario } from '../scenario.ts';
import { apiServerStopped } from './api-server-stopped.ts';
import { cpuStarvation } from './cpu-starvation.ts';
import { crashLoopAlone } from './crash-loop-alone.ts';
import { criNetworkHung } from './cri-network-hung.ts';
import { criNetworkMissing } from './cri-network-missing.ts';
import { criStoppedContainerd } from './cri-stopped-containerd.ts';
import { criStoppedShim } from './cri-stopped-shim.ts';
import { diskFull } from './disk-full.ts';
import { diskPressure } from './disk-pressure.ts';
import { drained } from './drained.ts';
import { exitedPileUp } from './exited-pile-up.ts';
import { expiredCertificate } from './expired-certificate.ts';
import { frozenFilesystem } from './frozen-filesystem.ts';
import { frozenFilesystemShimKilled } from './frozen-filesystem-shim-killed.ts';
import { criHealthyPod, healthyPod } from './healthy-pod.ts';
import { hungShim } from './hung-shim.ts';
import { imagePullAlone } from './image-pull-alone.ts';
import { incident } from './incident.ts';
import { kubeletCutOff } from './kubelet-cut-off.ts';
import { pidSqueeze } from './pid-squeeze.ts';
import { slowButPassing } from './slow-but-passing.ts';
import { slowRelist } from './slow-relist.ts';
import { stoppedDockerd } from './stopped-dockerd.ts';
import { stoppedKubelet } from './stopped-kubelet.ts';
import { twoHungContainers } from './two-hung-containers.ts';

/** Every scenario on a real kubelet, the healthy ones first. */
export const CLUSTER_SCENARIOS: readonly ClusterScenario[] = [
  healthyPod,
  stoppedKubelet,
  crashLoopAlone,
  imagePullAlone,
  drained,
  exitedPileUp,
  slowButPassing,
  hungShim,
  twoHungContainers,
  frozenFilesystem,
  incident,
  frozenFilesystemShimKilled,
  cpuStarvation,
  pidSqueeze,
  diskPressure,
  diskFull,
  apiServerStopped,
  expiredCertificate,
  // The last on its cluster: three starts of a kubelet within ten minutes are a restart loop until it has settled.
  kubeletCutOff,
  stoppedDockerd,
  slowRelist,
  criHealthyPod,
  criNetworkHung,
  criNetworkMissing,
  criStoppedShim,
  criStoppedContainerd,
];
