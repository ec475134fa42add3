import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { RelistRules } from '../../pleg/arithmetic/rules.ts';
import { CURRENT_ERA, eraOf } from '../../pleg/eras.ts';
import { DEFAULT_REQUEST_TIMEOUT_MS } from '../../pleg/node/node-options.ts';
import { runningComponents } from './components.ts';
import { memoised } from './memo.ts';
import { type SoftwareVersion, versionsOf } from './software.ts';

/** The kubelet declares PLEG unhealthy when no relist completed for this long (pkg/kubelet/pleg/generic.go). */
export const RELIST_THRESHOLD_MS = CURRENT_ERA.relist.thresholdMs;

export interface KubeletVersion {
  readonly observation: SoftwareVersion['observation'];
  readonly text: string;
  readonly major: number;
  readonly minor: number;
}

/** The kubelet's version: by its metrics, its binary, the node object, what it said when it started; null where not seen. */
export const kubeletVersion = memoised((view: CaseView): KubeletVersion | null => {
  for (const { observation, version } of versionsOf(view, 'kubelet')) {
    const match = /v?(\d+)\.(\d+)/.exec(version);
    if (match) return { observation, text: version, major: Number(match[1]), minor: Number(match[2]) };
  }
  return null;
});

/** The runtime endpoint the kubelet uses, by its own word or its arguments; null where not known. */
export function kubeletEndpoint(view: CaseView): string | null {
  const own = view.all('kubelet-facts').find((o) => o.fact.runtimeEndpoint !== null)?.fact.runtimeEndpoint;
  return own ?? view.all('engine').find((o) => o.fact.foundBy === 'kubelet')?.fact.endpoint ?? null;
}

/** How long this kubelet waits for one runtime call. */
export function requestTimeoutMs(view: CaseView): number {
  return (
    view.all('kubelet-facts').find((o) => o.fact.runtimeRequestTimeoutMs !== null)?.fact.runtimeRequestTimeoutMs ??
    DEFAULT_REQUEST_TIMEOUT_MS
  );
}

/** The kubelet that runs here. */
export function kubeletComponent(view: CaseView): Observation<'component'> | null {
  return runningComponents(view).find((c) => c.name === 'kubelet')?.observation ?? null;
}

/** How this kubelet relists. Where its version is not known, as a current one: it asks least, so that nothing is foretold that need not come. */
export function relistRules(view: CaseView): RelistRules {
  const version = kubeletVersion(view);
  return version?.major === 1 ? eraOf(version.minor).relist : CURRENT_ERA.relist;
}

/** Timed-out calls that one stuck pod costs in each relist after the first that met it. */
export function callsPerStuckPod(view: CaseView): 1 | 2 {
  return relistRules(view).inspections;
}
