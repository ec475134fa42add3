import { z } from 'zod';
import type { FactOf } from '../../evidence/observation.ts';
import { listField, textField, timeField } from './fields.ts';

/** What a node object says. */
export interface NodeFacts {
  readonly object: FactOf<'node-object'>;
  /** Null where it has no Ready condition, as right after its creation. */
  readonly ready: FactOf<'node-ready'> | null;
  readonly conditions: readonly FactOf<'node-condition'>[];
}

const conditionSchema = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']).catch('Unknown'),
  reason: textField,
  message: textField,
  lastTransitionTime: timeField,
  lastHeartbeatTime: timeField,
});
const nodeSchema = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z
    .object({
      unschedulable: z.boolean().catch(false),
      taints: listField(z.object({ key: z.string(), value: textField, effect: textField })),
    })
    .catch({ unschedulable: false, taints: [] }),
  status: z
    .object({
      conditions: listField(conditionSchema),
      nodeInfo: z
        .object({ kubeletVersion: textField, containerRuntimeVersion: textField })
        .catch({ kubeletVersion: '', containerRuntimeVersion: '' }),
    })
    .catch({ conditions: [], nodeInfo: { kubeletVersion: '', containerRuntimeVersion: '' } }),
});

/** Reads a v1 Node; null where the object is none. */
export function readNodeObject(json: unknown): NodeFacts | null {
  const node = nodeSchema.safeParse(json);
  if (!node.success) return null;
  const { metadata, spec, status } = node.data;
  const ready = status.conditions.find((c) => c.type === 'Ready');
  return {
    object: {
      type: 'node-object',
      name: metadata.name,
      unschedulable: spec.unschedulable,
      taints: spec.taints,
      kubeletVersion: status.nodeInfo.kubeletVersion,
      runtimeVersion: status.nodeInfo.containerRuntimeVersion,
    },
    ready: ready
      ? {
          type: 'node-ready',
          status: ready.status,
          reason: ready.reason,
          message: ready.message,
          since: ready.lastTransitionTime,
          by: 'node-object',
          heartbeatAt: ready.lastHeartbeatTime,
        }
      : null,
    conditions: status.conditions
      .filter((c) => c.type !== 'Ready')
      .map((c) => ({
        type: 'node-condition',
        condition: c.type,
        status: c.status,
        reason: c.reason,
        message: c.message,
        since: c.lastTransitionTime,
      })),
  };
}
