import { z } from 'zod';
import { parseGoDuration } from '../../text/go-duration.ts';
import type { ActKind } from '../act.ts';
import { ACT_KINDS } from '../act-kinds.ts';

const kinds = z.enum(ACT_KINDS as [ActKind, ...ActKind[]]);

const duration = z
  .string()
  .refine((text) => (parseGoDuration(text) ?? -1) > 0, 'not a duration; write 30s, 10m or 1h30m')
  .describe('30s, 10m, 1h30m');

/** What may be done with nobody watching. Unknown keys are errors: a slip of the pen must not widen a policy. */
export const policySchema = z.strictObject({
  version: z.literal(1),
  allow: z.array(kinds).describe('Acts that may be done unattended; no other is done'),
  maxUnhealthy: z
    .union([z.int().min(1), z.string().regex(/^(?:100|[1-9]?\d)%$/, 'not a number and not a percentage such as 20%')])
    .optional()
    .describe('Nodes that may be out of service at once, the one in hand included'),
  coolDown: duration.optional().describe('The same act is not done twice on a node within this time'),
  freshness: duration.optional().describe('How old the diagnosis may be at the moment of acting'),
  drain: z
    .strictObject({
      emptyDir: z.boolean().optional().describe('Drain pods with an emptyDir, whose content is lost'),
      unmanaged: z.boolean().optional().describe('Drain pods that no controller makes anew'),
      timeout: duration.optional(),
    })
    .optional(),
  takeCapacity: z
    .boolean()
    .optional()
    .describe('Where pods fit nowhere: uncordon a node, or take a taint off one for a time'),
  proof: z
    .strictObject({
      relists: z.int().min(1).max(1000).optional().describe('Relists in a row that must stay under the limit'),
      within: duration.optional().describe('The limit of each'),
      steadyFor: duration.optional().describe('How long Ready must hold and the pods run'),
      timeout: duration.optional().describe('After this the proof has failed'),
    })
    .optional()
    .describe('What must be seen before the node is given back'),
});
