import { isShimName, isShortLived } from '../../host/runtime-names.ts';
import type { Survey, SurveyedProcess } from '../../host/survey.ts';
import type { Membership, Shim } from './membership.ts';

// Besides PID 1, those that take in orphans as subreapers: a systemd user manager, containerd 1.0 (subreaper = true).
const SUBREAPERS = /^(?:systemd|(?:docker-)?containerd|docker-containe)$/;

/**
 * Whether a process of a container has been handed to PID 1 or a subreaper. A container's processes descend from its
 * shim, which is itself a subreaper, so this happens only once the shim is gone.
 */
export function isAdopted(
  process: SurveyedProcess,
  members: Membership,
  shims: readonly Shim[],
  survey: Survey,
): boolean {
  if (!members.has(process.pid) || members.has(process.ppid)) return false;
  if (isShimName(process.comm) || isShortLived(process.comm)) return false;
  if (process.ppid === 1) return true;
  const parent = survey.processes.get(process.ppid);
  // docker-containerd and docker-containerd-shim are both docker-containe to the kernel.
  if (shims.some((shim) => shim.process === parent)) return false;
  return parent !== undefined && SUBREAPERS.test(parent.comm);
}
