import { z } from 'zod';
import type { FactOf } from '../../evidence/observation.ts';
import { listField, numberField, textField, timeField } from './fields.ts';

/** A pod with its identities. */
export interface SeenPod {
  /** As the kubelet and the runtime know it: of a static pod that is not the uid of its mirror. */
  readonly uid: string;
  /** Node that it is bound to; '' where it is not. */
  readonly nodeName: string;
  readonly fact: FactOf<'pod-object'>;
  /** Containers that the runtime has made, by whole id. */
  readonly containers: readonly { readonly id: string; readonly name: string }[];
}

/** Source: pkg/kubelet/types/pod_update.go, ConfigMirrorAnnotationKey: its value is the static pod's uid. */
const MIRROR = 'kubernetes.io/config.mirror';

const waiting = z.object({ reason: textField, message: textField });
const containerSchema = z.object({
  name: textField,
  containerID: textField,
  restartCount: numberField,
  state: z.object({ waiting: waiting.nullable().catch(null) }).catch({ waiting: null }),
});
const containers = listField(containerSchema);
const podSchema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
    annotations: z.record(z.string(), z.unknown()).catch({}),
    deletionTimestamp: timeField,
    deletionGracePeriodSeconds: numberField,
    ownerReferences: listField(z.object({ kind: z.string(), controller: z.boolean().catch(false) })),
  }),
  spec: z.object({ nodeName: textField }).catch({ nodeName: '' }),
  status: z
    .object({
      phase: textField,
      reason: textField,
      conditions: listField(z.object({ type: z.string(), status: z.string() })),
      initContainerStatuses: containers,
      containerStatuses: containers,
    })
    .catch({ phase: '', reason: '', conditions: [], initContainerStatuses: [], containerStatuses: [] }),
});

/** Reads a v1 Pod; null where the object is none. */
export function readPod(json: unknown): SeenPod | null {
  const parsed = podSchema.safeParse(json);
  if (!parsed.success) return null;
  const { metadata, spec, status } = parsed.data;
  const statuses = [...status.initContainerStatuses, ...status.containerStatuses];
  const mirrored = metadata.annotations[MIRROR];
  return {
    uid: typeof mirrored === 'string' && mirrored !== '' ? mirrored : metadata.uid,
    nodeName: spec.nodeName,
    fact: {
      type: 'pod-object',
      namespace: metadata.namespace,
      name: metadata.name,
      phase: status.phase,
      ready: status.conditions.some((c) => c.type === 'Ready' && c.status === 'True'),
      reason: status.reason,
      deletionRequestedAt: deletionAskedFor(metadata.deletionTimestamp, metadata.deletionGracePeriodSeconds),
      gracePeriodSeconds: metadata.deletionGracePeriodSeconds,
      ownerKind: ownerOf(metadata.ownerReferences),
      waiting: statuses.flatMap(({ name, state }) => (state.waiting ? [{ container: name, ...state.waiting }] : [])),
      restarts: statuses.reduce((sum, c) => sum + (c.restartCount ?? 0), 0),
    },
    containers: statuses.flatMap(({ name, containerID }) => {
      const id = /^[a-z-]{1,20}:\/\/([0-9a-f]{64})$/.exec(containerID)?.[1];
      return id === undefined ? [] : [{ id, name }];
    }),
  };
}

/** The API server sets deletionTimestamp to the time of the request plus the grace period. Source: apiserver registry/rest/delete.go. */
function deletionAskedFor(timestamp: number | null, graceSeconds: number | null): number | null {
  return timestamp === null ? null : timestamp - (graceSeconds ?? 0) * 1000;
}

function ownerOf(owners: readonly { readonly kind: string; readonly controller: boolean }[]): string {
  return (owners.find((o) => o.controller) ?? owners[0])?.kind ?? '';
}
