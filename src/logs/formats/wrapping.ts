/** How a paste was wrapped: at a column, or at the last word before it. */
export interface Wrapping {
  readonly width: number;
  readonly atWords: boolean;
}

/** Terminals, mail and forums wrap within this. */
const NARROWEST = 60;
const WIDEST = 240;
/** Looked at of a text. */
const MOST_LINES = 5000;
/** So many lines must show it. */
const FEWEST = 2;
/** A space at the very column is lost to whoever trims lines. */
const LOST = 2;
const MOST_PIECES = 64;

/**
 * How the lines of a log were wrapped, told by lines that go on where no log line begins; null where they were not.
 * @param begins whether a log line begins so
 */
export function wrappingOf(lines: readonly string[], begins: (line: string) => boolean): Wrapping | null {
  const seen = lines.slice(0, MOST_LINES);
  const wrapped = seen.filter((line, i) => line !== '' && goesOn(seen[i + 1], begins));
  const width = seen.reduce((most, line) => Math.max(most, line.length), 0);
  if (wrapped.length < FEWEST || width < NARROWEST || width > WIDEST) return null;
  if (wrapped.every((line) => line.length >= width - LOST)) return { width, atWords: false };
  const atWords = seen.every((line, i) => !goesOn(seen[i + 1], begins) || isFull(line, seen[i + 1] ?? '', width));
  return atWords ? { width, atWords } : null;
}

/** How many lines one line of a log was wrapped into, at least 1. */
export function wrappedLines(
  lines: readonly string[],
  start: number,
  { width, atWords }: Wrapping,
  begins: (line: string) => boolean,
): number {
  let count = 1;
  while (count < MOST_PIECES) {
    const line = lines[start + count - 1] ?? '';
    const next = lines[start + count];
    const full = atWords ? isFull(line, next ?? '', width) : line.length >= width - LOST;
    if (!full || !goesOn(next, begins)) break;
    count += 1;
  }
  return count;
}

/** The line as it was. */
export function unwrapped(pieces: readonly string[], { width, atWords }: Wrapping): string {
  if (atWords) return pieces.map((piece) => piece.trim()).join(' ');
  return pieces.map((piece, i) => (i === pieces.length - 1 ? piece : piece.padEnd(width))).join('');
}

function goesOn(next: string | undefined, begins: (line: string) => boolean): boolean {
  return next !== undefined && next.trim() !== '' && !begins(next);
}

/** The next word had no room any more. */
function isFull(line: string, next: string, width: number): boolean {
  return line.length + 1 + (/^\s*(\S+)/.exec(next)?.[1]?.length ?? 0) > width;
}
