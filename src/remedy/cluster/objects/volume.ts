import { z } from 'zod';
import { listField, textField } from '../../../logs/objects/fields.ts';
import { type NodeSelectorTerm, nodeTermsField } from './node-terms.ts';
import { type Labels, labelsField } from './selector.ts';

/** A PersistentVolumeClaim and which volume it is bound to. */
export interface Claim {
  readonly namespace: string;
  readonly name: string;
  /** '' where it is not bound yet. */
  readonly volume: string;
  /** `ReadWriteOnce`, `ReadWriteOncePod` ... */
  readonly accessModes: readonly string[];
}

/** A PersistentVolume and where it can be used. */
export interface Volume {
  readonly name: string;
  /** Null: anywhere. */
  readonly nodeTerms: readonly NodeSelectorTerm[] | null;
  readonly labels: Labels;
  readonly isLocal: boolean;
}

const claimSchema = z.object({
  metadata: z.object({ namespace: z.string(), name: z.string() }),
  spec: z.object({ volumeName: textField, accessModes: listField(z.string()) }),
});

export function readClaim(json: unknown): Claim | null {
  const parsed = claimSchema.safeParse(json);
  if (!parsed.success) return null;
  const { metadata, spec } = parsed.data;
  return { ...metadata, volume: spec.volumeName, accessModes: spec.accessModes };
}

const volumeSchema = z.object({
  metadata: z.object({ name: z.string(), labels: labelsField }),
  spec: z.object({
    nodeAffinity: z
      .object({ required: z.object({ nodeSelectorTerms: nodeTermsField }) })
      .nullable()
      .catch(null),
    local: z.unknown().optional(),
    hostPath: z.unknown().optional(),
  }),
});

export function readVolume(json: unknown): Volume | null {
  const parsed = volumeSchema.safeParse(json);
  if (!parsed.success) return null;
  const { metadata, spec } = parsed.data;
  return {
    ...metadata,
    nodeTerms: spec.nodeAffinity?.required.nodeSelectorTerms ?? null,
    isLocal: spec.local != null || spec.hostPath != null,
  };
}
