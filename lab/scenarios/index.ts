import type { Scenario } from '../scenario.ts';
import { cpuSqueeze } from './cpu-squeeze.ts';
import { crashLoopAlone } from './crash-loop-alone.ts';
import { criFrozenFilesystem } from './cri-frozen-filesystem.ts';
import { criHealthy } from './cri-healthy.ts';
import { criNetworkMissing } from './cri-network-missing.ts';
import { criStoppedContainerd } from './cri-stopped-containerd.ts';
import { criStoppedShim } from './cri-stopped-shim.ts';
import { deadFuse } from './dead-fuse.ts';
import { diskCopyHealthy } from './disk-copy-healthy.ts';
import { diskFull } from './disk-full.ts';
import { dockerdKilled } from './dockerd-killed.ts';
import { everythingAtOnce } from './everything-at-once.ts';
import { exitedPileUp } from './exited-pile-up.ts';
import { frozenFilesystem } from './frozen-filesystem.ts';
import { frozenFilesystemShimKilled } from './frozen-filesystem-shim-killed.ts';
import { healthy } from './healthy.ts';
import { hundredContainers } from './hundred-containers.ts';
import { ioThrottle } from './io-throttle.ts';
import { kubeletGone } from './kubelet-gone.ts';
import { memorySqueeze } from './memory-squeeze.ts';
import { pausedContainer } from './paused-container.ts';
import { pidSqueeze } from './pid-squeeze.ts';
import { stoppedContainerdUnderDockerd } from './stopped-containerd-under-dockerd.ts';
import { stoppedDockerd } from './stopped-dockerd.ts';
import { stoppedShim } from './stopped-shim.ts';
import { undeletableContainer } from './undeletable-container.ts';
import { unseenWait } from './unseen-wait.ts';
import { zombieNotReaped } from './zombie-not-reaped.ts';

/** Every scenario of the lab, the healthy ones first. */
export const SCENARIOS: readonly Scenario[] = [
  healthy,
  diskCopyHealthy,
  hundredContainers,
  crashLoopAlone,
  pausedContainer,
  frozenFilesystem,
  frozenFilesystemShimKilled,
  unseenWait,
  deadFuse,
  stoppedShim,
  zombieNotReaped,
  undeletableContainer,
  stoppedDockerd,
  stoppedContainerdUnderDockerd,
  dockerdKilled,
  kubeletGone,
  everythingAtOnce,
  exitedPileUp,
  diskFull,
  pidSqueeze,
  cpuSqueeze,
  memorySqueeze,
  ioThrottle,
  criHealthy,
  criFrozenFilesystem,
  criStoppedShim,
  criStoppedContainerd,
  criNetworkMissing,
];
