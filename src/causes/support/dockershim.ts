import type { CaseView } from '../../evidence/view.ts';
import type { Reference } from '../cause.ts';
import type { EngineHealth } from './engines.ts';
import { kubeletEndpoint, kubeletVersion } from './kubelet.ts';

/** The CRI plugin keeps a sandbox's address with the sandbox and asks no plugin for it. */
export const CONTAINERD_CRI: Reference = {
  title: 'PodSandboxStatus answers with the address that was noted when the sandbox was made',
  where: 'containerd/containerd pkg/cri/server/sandbox_status.go @ v1.6.20',
};

/** Whether the kubelet speaks to dockerd by the dockershim within it (removed in 1.24). */
export function usesDockershim(view: CaseView): boolean {
  const version = kubeletVersion(view);
  return version !== null && version.minor < 24 && (kubeletEndpoint(view)?.endsWith('docker.sock') ?? false);
}

/**
 * Whether the kubelet itself answers at this endpoint: the dockershim within it. Source: cmd/kubelet/app/options/
 * container_runtime.go @ v1.20.2, unix:///var/run/dockershim.sock. cri-dockerd, a daemon of its own, has another name.
 */
export function isDockershim({ endpoint }: Pick<EngineHealth, 'endpoint'>): boolean {
  return endpoint.endsWith('/dockershim.sock');
}
