import { differences } from '../compare.ts';
import type { Diagnosed } from '../notready-cli.ts';
import type { Staged } from '../scenario.ts';
import type { ClusterTruth } from './scenario.ts';

/** In what a diagnosis of a cluster's node differs from the truth; empty when it is right. */
export function clusterDifferences(
  truth: ClusterTruth,
  staged: Pick<Staged, 'subjects'>,
  diagnosed: Pick<Diagnosed, 'exitCode' | 'json'>,
): string[] {
  return [...differences(truth, staged, diagnosed), ...ofTrigger(truth, diagnosed)];
}

function ofTrigger({ trigger }: ClusterTruth, { json }: Pick<Diagnosed, 'json'>): string[] {
  const named = json.verdict?.trigger?.kind;
  return trigger === undefined || named === trigger ? [] : [`trigger ${named ?? 'none'}, not ${trigger}`];
}
