/** An occurrence of a literal: where it starts, and the literal's number. */
export interface Hit {
  readonly start: number;
  readonly literal: number;
}

/** A line, or a part of one that is longer than the bound. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  /** Numbers of the literals that start in it, each once, in the order in which they were met. */
  readonly literals: readonly number[];
  /** It is a part of a longer line. */
  readonly cut: boolean;
}

/** Longest line handed over whole, bytes. */
export const LONGEST_LINE = 65_536;
/** A part of a longer line goes on so far into the next one that no literal is torn. */
export const PIECE_OVERLAP = 256;

/**
 * Where hits lie in a line from `start` to `end`: the whole line, where it is short enough; otherwise those of its parts
 * of {@link LONGEST_LINE} bytes in which a literal starts.
 */
export function piecesOf(start: number, end: number, hits: Iterable<Hit>): Piece[] {
  if (end - start <= LONGEST_LINE)
    return [{ start, end, literals: [...new Set(Array.from(hits, (h) => h.literal))], cut: false }];
  const parts = new Map<number, Set<number>>();
  for (const hit of hits) {
    const part = Math.floor((hit.start - start) / LONGEST_LINE);
    const literals = parts.get(part) ?? new Set();
    parts.set(part, literals.add(hit.literal));
  }
  return [...parts]
    .sort(([a], [b]) => a - b)
    .map(([part, literals]) => {
      const from = start + part * LONGEST_LINE;
      return {
        start: from,
        end: Math.min(from + LONGEST_LINE + PIECE_OVERLAP, end),
        literals: [...literals],
        cut: true,
      };
    });
}
