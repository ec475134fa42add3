import type { RelistRules } from '../../pleg/arithmetic/rules.ts';
import { CURRENT_ERA, eraOf } from '../../pleg/eras.ts';
import { DEFAULT_REQUEST_TIMEOUT_MS } from '../../pleg/node/node-options.ts';

/** What is watched, as far as it is known before the first look. */
export interface Subject {
  /** As the cluster names it; null where no kubelet says. */
  readonly node: string | null;
  readonly runtime: { readonly kind: 'docker' | 'cri'; readonly endpoint: string };
  /** Null where none runs here. */
  readonly kubelet: KubeletOnHost | null;
  /** How often we relist, ms. */
  readonly periodMs: number;
}

export interface KubeletOnHost {
  readonly pid: number;
  /** --runtime-request-timeout, ms. */
  readonly requestTimeoutMs: number;
  /** nodeStatusUpdateFrequency, ms. */
  readonly statusEveryMs: number;
}

/** nodeStatusUpdateFrequency where it is not known. Source: pkg/kubelet/apis/config/v1beta1/defaults.go @ v1.20.2. */
const USUAL_STATUS_MS = 10_000;

/** How the watched kubelet relists and reports, by its settings and version; where not known, as a current one. */
export interface KubeletRules extends RelistRules {
  readonly requestTimeoutMs: number;
  readonly statusEveryMs: number;
}

/** @param version `v1.20.2`; null while not known */
export function kubeletRules({ kubelet }: Subject, version: string | null): KubeletRules {
  const minor = /^v?1\.(\d+)/.exec(version ?? '')?.[1];
  const { relist } = minor === undefined ? CURRENT_ERA : eraOf(Number(minor));
  return {
    ...relist,
    requestTimeoutMs: kubelet?.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS,
    statusEveryMs: kubelet?.statusEveryMs ?? USUAL_STATUS_MS,
  };
}
