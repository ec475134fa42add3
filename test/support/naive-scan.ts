import { LONGEST_LINE, PIECE_OVERLAP } from '../../src/logs/scan/pieces.ts';

/** A line, or a part of a long one, that holds literals. */
export interface NaiveLine {
  readonly offset: number;
  readonly line: number;
  readonly text: string;
  readonly literals: readonly number[];
  readonly cut: boolean;
}

/** What the scanner must find, in the plainest way: every occurrence of every literal, each in its line. */
export function naiveScan(text: Buffer, literals: readonly string[]): NaiveLine[] {
  const found = new Map<number, Part>();
  for (const [literal, word] of literals.entries()) {
    for (let at = text.indexOf(word, 0, 'latin1'); at >= 0; at = text.indexOf(word, at + 1, 'latin1')) {
      const part = partAt(text, at);
      const known = found.get(part.start) ?? part;
      found.set(part.start, known);
      known.literals.add(literal);
    }
  }
  return inOrder(text, [...found.values()]);
}

function partAt(text: Buffer, at: number): Part {
  const lineStart = at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
  const newline = text.indexOf('\n', at);
  const lineEnd = newline < 0 ? text.length : newline;
  if (lineEnd - lineStart <= LONGEST_LINE)
    return { start: lineStart, end: lineEnd, lineStart, cut: false, literals: new Set() };
  const start = at - ((at - lineStart) % LONGEST_LINE);
  const end = Math.min(start + LONGEST_LINE + PIECE_OVERLAP, lineEnd);
  return { start, end, lineStart, cut: true, literals: new Set() };
}

interface Part {
  readonly start: number;
  readonly end: number;
  readonly lineStart: number;
  readonly cut: boolean;
  readonly literals: Set<number>;
}

function inOrder(text: Buffer, parts: readonly Part[]): NaiveLine[] {
  let line = 1;
  let counted = 0;
  return [...parts]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, lineStart, cut, literals }) => {
      for (let at = text.indexOf('\n', counted); at >= 0 && at < lineStart; at = text.indexOf('\n', counted)) {
        line += 1;
        counted = at + 1;
      }
      return {
        offset: start,
        line,
        text: text.toString('utf8', start, end).replace(/\r$/, ''),
        literals: [...literals].sort((a, b) => a - b),
        cut,
      };
    });
}
