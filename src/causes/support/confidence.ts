import { type EvidenceKind, IN_ORDER, WEIGHTS } from '../weights.ts';

/** The weights of `weights.ts` as plain numbers. */
export const CONFIDENCE: Readonly<Record<EvidenceKind | keyof typeof IN_ORDER | 'none', number>> = {
  ...weightsOf(WEIGHTS),
  ...weightsOf(IN_ORDER),
  /** Not looked at. */
  none: 0,
};

function weightsOf<K extends string>(table: Readonly<Record<K, { readonly weight: number }>>): Record<K, number> {
  const entries = Object.entries(table) as [K, { readonly weight: number }][];
  return Object.fromEntries(entries.map(([kind, { weight }]) => [kind, weight])) as Record<K, number>;
}

/** Log lines and conditions older than this say what was, not what is. */
export const FRESH_MS = 10 * 60_000;
