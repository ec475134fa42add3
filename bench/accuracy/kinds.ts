import { CAUSES } from '../../src/causes/index.ts';
import type { EvidenceKind } from '../../src/causes/weights.ts';
import type { CaseFile } from '../../src/evidence/case-file.ts';
import { CaseView } from '../../src/evidence/view.ts';
import type { Claim } from './calibration.ts';

/** A verdict that names a cause, with what it rests on. */
export interface KindedClaim extends Claim {
  /** `other`: weighed in another way. */
  readonly restsOn: EvidenceKind | 'other';
}

/** The kind of evidence on which a cause rests in a case. */
export function kindOf(caseFile: CaseFile, cause: string | null): EvidenceKind | 'other' {
  return CAUSES.find((c) => c.id === cause)?.assess(new CaseView(caseFile)).restsOn ?? 'other';
}

export interface KindRecord {
  readonly kind: EvidenceKind | 'other';
  readonly claims: number;
  readonly right: number;
}

/** How often each kind of evidence was right, the most frequent first. */
export function byKind(claims: readonly KindedClaim[]): readonly KindRecord[] {
  return [...Map.groupBy(claims, (c) => c.restsOn)]
    .map(([kind, of]) => ({ kind, claims: of.length, right: of.filter((c) => c.right).length }))
    .toSorted((a, b) => b.claims - a.claims);
}
