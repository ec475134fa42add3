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
export function piecesOf(start: number, end: number, hits: readonly Hit[]): Piece[] {
  if (end - start <= LONGEST_LINE) return [{ start, end, literals: literalsOf(hits), cut: false }];
  const parts = Map.groupBy(hits, (hit) => Math.floor((hit.start - start) / LONGEST_LINE));
  return [...parts]
    .sort(([a], [b]) => a - b)
    .map(([part, inPart]) => {
      const from = start + part * LONGEST_LINE;
      const to = Math.min(from + LONGEST_LINE + PIECE_OVERLAP, end);
      return { start: from, end: to, literals: literalsOf(inPart), cut: true };
    });
}

/** There are few in most lines: a list is faster than a set then. */
function literalsOf(hits: readonly Hit[]): number[] {
  if (hits.length > 16) return [...new Set(hits.map((hit) => hit.literal))];
  const literals: number[] = [];
  for (const { literal } of hits) if (!literals.includes(literal)) literals.push(literal);
  return literals;
}
