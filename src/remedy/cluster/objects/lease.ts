import { z } from 'zod';
import { numberField, textField, timeField } from '../../../logs/objects/fields.ts';
import type { HeldLock, NodeLease } from '../context.ts';

const schema = z.object({
  metadata: z.object({ namespace: textField, name: z.string() }),
  spec: z.object({
    holderIdentity: textField,
    renewTime: timeField,
    acquireTime: timeField,
    leaseDurationSeconds: numberField,
  }),
});

/** A lease in `kube-node-lease`, which has the node's name. */
export function readNodeLease(json: unknown): NodeLease | null {
  const parsed = schema.safeParse(json);
  if (!parsed.success) return null;
  return { node: parsed.data.metadata.name, renewedAt: parsed.data.spec.renewTime };
}

/** A lease as a lock; null where nobody holds it. */
export function readLockLease(json: unknown): HeldLock | null {
  const parsed = schema.safeParse(json);
  if (!parsed.success || parsed.data.spec.holderIdentity === '') return null;
  const { metadata, spec } = parsed.data;
  const since = spec.renewTime ?? spec.acquireTime;
  return {
    what: `lease ${metadata.namespace}/${metadata.name}`,
    holder: spec.holderIdentity,
    until: since === null || spec.leaseDurationSeconds === null ? null : since + spec.leaseDurationSeconds * 1000,
  };
}
