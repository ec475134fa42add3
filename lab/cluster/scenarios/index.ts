import type { ClusterScenario } from '../scenario.ts';
import { cpuStarvation } from './cpu-starvation.ts';
import { crashLoopAlone } from './crash-loop-alone.ts';
import { drained } from './drained.ts';
import { exitedPileUp } from './exited-pile-up.ts';
import { frozenFilesystem } from './frozen-filesystem.ts';
import { frozenFilesystemShimKilled } from './frozen-filesystem-shim-killed.ts';
import { healthyPod } from './healthy-pod.ts';
import { hungShim } from './hung-shim.ts';
import { imagePullAlone } from './image-pull-alone.ts';
import { incident } from './incident.ts';
import { kubeletCutOff } from './kubelet-cut-off.ts';
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
  hungShim,
  twoHungContainers,
  frozenFilesystem,
  frozenFilesystemShimKilled,
  cpuStarvation,
  incident,
  // The last on its cluster: three starts of a kubelet within ten minutes are taken for a restart loop.
  kubeletCutOff,
  stoppedDockerd,
  slowRelist,
];
