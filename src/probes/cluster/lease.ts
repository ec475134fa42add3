import { z } from 'zod';
import type { FactOf } from '../../evidence/observation.ts';
import { numberField, timeField } from '../../logs/objects/fields.ts';

const leaseSchema = z.object({
  spec: z
    .object({ renewTime: timeField, leaseDurationSeconds: numberField })
    .catch({ renewTime: null, leaseDurationSeconds: null }),
});

/** What a node without a lease has. */
export const NO_LEASE: FactOf<'node-lease'> = { type: 'node-lease', renewedAt: null, durationMs: null };

/** Reads a coordination.k8s.io/v1 Lease; null where the object is none. */
export function readLease(json: unknown): FactOf<'node-lease'> | null {
  const lease = leaseSchema.safeParse(json);
  if (!lease.success) return null;
  const { renewTime, leaseDurationSeconds } = lease.data.spec;
  const durationMs = leaseDurationSeconds === null ? null : leaseDurationSeconds * 1000;
  return { type: 'node-lease', renewedAt: renewTime, durationMs };
}
