import { z } from 'zod';
import { listField, numberField, textField } from '../../../logs/objects/fields.ts';
import { type NodeSelectorTerm, nodeTermsField } from './node-terms.ts';
import { isSidecar, requestFields, requestsOf } from './requests.ts';
import type { Resources } from './resources.ts';
import { type Labels, labelsField, type Selector, selectorField } from './selector.ts';

export interface Toleration {
  readonly key: string;
  readonly operator: string;
  readonly value: string;
  readonly effect: string;
}

/** Pods that a pod wants near it, or not. */
export interface PodTerm {
  readonly selector: Selector | null;
  /** None: the pod's own, unless there is a selector of them. */
  readonly namespaces: readonly string[];
  readonly namespaceSelector: Selector | null;
  readonly topologyKey: string;
}

/** A constraint that must hold (`DoNotSchedule`). */
export interface Spread {
  readonly maxSkew: number;
  readonly topologyKey: string;
  readonly selector: Selector | null;
  readonly minDomains: number;
  readonly honorsAffinity: boolean;
  readonly honorsTaints: boolean;
}

export interface HostPort {
  readonly port: number;
  readonly ip: string;
  readonly protocol: string;
}

/** What a pod asks of the node that it goes to. */
export interface PodNeeds {
  readonly requests: Resources;
  readonly nodeSelector: Labels;
  /** Null: any node. */
  readonly nodeTerms: readonly NodeSelectorTerm[] | null;
  readonly tolerations: readonly Toleration[];
  readonly affinity: readonly PodTerm[];
  readonly antiAffinity: readonly PodTerm[];
  readonly spread: readonly Spread[];
  readonly hostPorts: readonly HostPort[];
  /** PersistentVolumeClaims, by name. */
  readonly claims: readonly string[];
  /** `default-scheduler` */
  readonly scheduler: string;
}

const podTerms = z
  .object({
    requiredDuringSchedulingIgnoredDuringExecution: listField(
      z.object({
        labelSelector: selectorField,
        namespaces: listField(z.string()),
        namespaceSelector: selectorField,
        topologyKey: textField,
      }),
    ),
  })
  .transform(({ requiredDuringSchedulingIgnoredDuringExecution: terms }): PodTerm[] =>
    terms.map(({ labelSelector, ...term }) => ({ selector: labelSelector, ...term })),
  )
  .catch([]);

const nodeAffinity = z
  .object({ requiredDuringSchedulingIgnoredDuringExecution: z.object({ nodeSelectorTerms: nodeTermsField }) })
  .transform((a) => a.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms)
  .nullable()
  .catch(null);

const spreadField = z.object({
  maxSkew: z.number(),
  topologyKey: z.string(),
  whenUnsatisfiable: textField,
  labelSelector: selectorField,
  minDomains: numberField,
  nodeAffinityPolicy: textField,
  nodeTaintsPolicy: textField,
  matchLabelKeys: listField(z.string()),
});

/** Of a pod's spec. */
export const needsFields = {
  ...requestFields,
  nodeSelector: labelsField,
  affinity: z
    .object({ nodeAffinity, podAffinity: podTerms, podAntiAffinity: podTerms })
    .catch({ nodeAffinity: null, podAffinity: [], podAntiAffinity: [] }),
  tolerations: listField(z.object({ key: textField, operator: textField, value: textField, effect: textField })),
  topologySpreadConstraints: listField(spreadField),
  schedulerName: textField,
  volumes: listField(
    z.object({
      name: textField,
      emptyDir: z.object({ medium: textField }).nullish(),
      persistentVolumeClaim: z.object({ claimName: z.string() }).nullish().catch(null),
      ephemeral: z.unknown().optional(),
    }),
  ),
};
const specSchema = z.object(needsFields);
type NeedsSpec = z.infer<typeof specSchema>;

/** @param podName names the claims of its generic ephemeral volumes */
export function needsOf(spec: NeedsSpec, podName: string, labels: Labels): PodNeeds {
  const { affinity, volumes } = spec;
  const staying = [...spec.containers, ...spec.initContainers.filter(isSidecar)];
  return {
    requests: requestsOf(spec),
    nodeSelector: spec.nodeSelector,
    nodeTerms: affinity.nodeAffinity,
    tolerations: spec.tolerations,
    affinity: affinity.podAffinity,
    antiAffinity: affinity.podAntiAffinity,
    spread: spec.topologySpreadConstraints
      .filter((c) => c.whenUnsatisfiable === 'DoNotSchedule')
      .map((c) => spreadOf(c, labels)),
    hostPorts: staying
      .flatMap((c) => c.ports)
      .filter((p) => p.hostPort > 0)
      .map(({ hostPort, hostIP, protocol }) => ({ port: hostPort, ip: hostIP || '0.0.0.0', protocol })),
    claims: volumes.flatMap((v) => {
      if (v.persistentVolumeClaim) return [v.persistentVolumeClaim.claimName];
      // Source: component-helpers/storage/ephemeral, VolumeClaimName.
      return v.ephemeral == null ? [] : [`${podName}-${v.name}`];
    }),
    scheduler: spec.schedulerName || 'default-scheduler',
  };
}

/** Source: podtopologyspread/common.go @ v1.29: the defaults, and `matchLabelKeys`, which is joined to the selector. */
function spreadOf(constraint: z.infer<typeof spreadField>, labels: Labels): Spread {
  const { labelSelector, matchLabelKeys, nodeAffinityPolicy, nodeTaintsPolicy } = constraint;
  const own = matchLabelKeys.flatMap((key) => {
    const value = labels[key];
    return value === undefined ? [] : [{ key, operator: 'In', values: [value] }];
  });
  return {
    maxSkew: constraint.maxSkew,
    topologyKey: constraint.topologyKey,
    selector: labelSelector === null ? null : [...labelSelector, ...own],
    minDomains: constraint.minDomains ?? 1,
    honorsAffinity: nodeAffinityPolicy !== 'Ignore',
    honorsTaints: nodeTaintsPolicy === 'Honor',
  };
}
