import type { ClusterNode } from '../../objects/node.ts';
import { meetsTerms } from '../../objects/node-terms.ts';
import type { ClusterPod } from '../../objects/pod.ts';
import type { Labels } from '../../objects/selector.ts';
import type { Claim, Volume } from '../../objects/volume.ts';
import type { Filter } from '../refusal.ts';

export interface Storage {
  readonly claims: readonly Claim[];
  readonly volumes: readonly Volume[];
}

/** Old label to the one that took its place. Source: plugins/volumezone/volume_zone.go @ v1.20.2 and master. */
const ZONES: Readonly<Record<string, string>> = {
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
};
const ZONE_LABELS = [...Object.keys(ZONES), ...Object.values(ZONES)];

/**
 * Volumes that are bound, by their node affinity and their zone. A claim that is not bound yet is taken to find a volume
 * anywhere. How many volumes a node can attach is not looked at.
 * Source: plugins/volumebinding (CheckVolumeNodeAffinity), plugins/volumezone/volume_zone.go @ v1.20.2.
 */
export function volumesUsable(pod: ClusterPod, { claims, volumes }: Storage): Filter {
  const bound = pod.needs.claims.flatMap((name) => {
    const claim = claims.find((c) => c.namespace === pod.namespace && c.name === name);
    return volumes.filter((v) => v.name === claim?.volume);
  });
  return ({ node }) => {
    const elsewhere = bound.find((volume) => !isUsable(volume, node));
    return elsewhere === undefined ? null : { reason: 'volume-elsewhere', detail: elsewhere.name };
  };
}

function isUsable({ nodeTerms, labels }: Volume, node: ClusterNode): boolean {
  return (nodeTerms === null || meetsTerms(nodeTerms, node)) && isInZone(labels, node.labels);
}

/** A node without any label of a zone is taken to be everywhere. */
function isInZone(volume: Labels, node: Labels): boolean {
  if (!ZONE_LABELS.some((key) => Object.hasOwn(node, key))) return true;
  return ZONE_LABELS.every((key) => {
    const zones = volume[key];
    if (zones === undefined) return true;
    const own = node[key] ?? node[ZONES[key] ?? ''];
    // A volume of several zones has them as one value. Source: volume/helpers, LabelZonesToSet.
    return own !== undefined && zones.split('__').includes(own);
  });
}
