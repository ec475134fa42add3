import type { ClusterScenario } from '../scenario.ts';
import { crashLoopAlone } from './crash-loop-alone.ts';
import { drained } from './drained.ts';
import { frozenFilesystem } from './frozen-filesystem.ts';
import { healthyPod } from './healthy-pod.ts';
import { hungShim } from './hung-shim.ts';
import { imagePullAlone } from './image-pull-alone.ts';
import { incident } from './incident.ts';
import { kubeletCutOff } from './kubelet-cut-off.ts';
import { stoppedKubelet } from './stopped-kubelet.ts';

/** Every scenario on a real kubelet, the healthy ones first. */
export const CLUSTER_SCENARIOS: readonly ClusterScenario[] = [
  healthyPod,
  stoppedKubelet,
  crashLoopAlone,
  imagePullAlone,
  drained,
  hungShim,
  frozenFilesystem,
  incident,
  // The last on its cluster: three starts of a kubelet within ten minutes are taken for a restart loop.
  kubeletCutOff,
];
