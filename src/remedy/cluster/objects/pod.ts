import { z } from 'zod';
import { listField, numberField, textField } from '../../../logs/objects/fields.ts';
import { readPod, type SeenPod } from '../../../logs/objects/pod.ts';
import type { PodRef } from '../../act.ts';
import { needsFields, needsOf, type PodNeeds } from './pod-needs.ts';
import { type Labels, labelsField } from './selector.ts';

/** A pod as the API server has it. */
export interface ClusterPod extends PodRef {
  readonly labels: Labels;
  /** '' where it is not scheduled. */
  readonly node: string;
  /** `Pending`, `Running`, `Succeeded`, `Failed`, `Unknown` */
  readonly phase: string;
  readonly ready: boolean;
  /** Its controller; null where nothing would make it anew. */
  readonly owner: { readonly kind: string; readonly name: string } | null;
  /** The API server's image of a static pod: only the kubelet can end it. */
  readonly isMirror: boolean;
  /** Unix ms; null where nobody asked for its deletion. */
  readonly deletionRequestedAt: number | null;
  /** Seconds that its deletion gives it, or would by its spec. */
  readonly graceSeconds: number;
  readonly finalizers: readonly string[];
  readonly priority: number;
  /** Names of its volumes whose content goes with it. */
  readonly emptyDirs: readonly string[];
  /** Containers that the runtime has made, by whole id. */
  readonly containers: SeenPod['containers'];
  readonly needs: PodNeeds;
}

/** Source: pkg/kubelet/types/pod_update.go; core/v1 MirrorPodAnnotationKey. */
const MIRROR = 'kubernetes.io/config.mirror';
/** Source: core/v1 DefaultTerminationGracePeriodSeconds. */
const DEFAULT_GRACE_SECONDS = 30;

const schema = z.object({
  metadata: z.object({
    uid: z.string(),
    labels: labelsField,
    annotations: z.record(z.string(), z.unknown()).catch({}),
    finalizers: listField(z.string()),
    ownerReferences: listField(z.object({ kind: z.string(), name: textField, controller: z.boolean().catch(false) })),
  }),
  spec: z.object({
    nodeName: textField,
    priority: numberField,
    terminationGracePeriodSeconds: numberField,
    ...needsFields,
  }),
});

/** Reads a v1 Pod; null where the object is none. */
export function readClusterPod(json: unknown): ClusterPod | null {
  const seen = readPod(json);
  const parsed = schema.safeParse(json);
  if (seen === null || !parsed.success) return null;
  const { metadata, spec } = parsed.data;
  const { namespace, name, phase, ready, deletionRequestedAt, gracePeriodSeconds } = seen.fact;
  const owner = metadata.ownerReferences.find((o) => o.controller);
  return {
    namespace,
    name,
    uid: metadata.uid,
    labels: metadata.labels,
    node: spec.nodeName,
    phase,
    ready,
    owner: owner === undefined ? null : { kind: owner.kind, name: owner.name },
    isMirror: Object.hasOwn(metadata.annotations, MIRROR),
    deletionRequestedAt,
    graceSeconds: gracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS,
    finalizers: metadata.finalizers,
    priority: spec.priority ?? 0,
    emptyDirs: spec.volumes.filter((v) => v.emptyDir != null).map((v) => v.name),
    containers: seen.containers,
    needs: needsOf(spec, name, metadata.labels),
  };
}

/** Whether its containers are over: nothing runs, nothing is lost, its requests no longer count. */
export function isFinished({ phase }: ClusterPod): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/** `shop/cart-0` */
export function nameOf({ namespace, name }: Pick<PodRef, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}
