import { harmlessLine } from '../../text/untrusted.ts';

/** What a piece of text means; `paint.ts` gives it a colour. */
export type Tone = 'plain' | 'strong' | 'dim' | 'bad' | 'warn' | 'good' | 'heading' | 'command';

/** A piece of one line. Its text is harmless: made only by {@link span}. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

export type Line = readonly Span[];

/** A message may be long, but a megabyte of it is an attack. */
const LONGEST = 8192;

/** Every text of the report passes here, so that nothing from a host or a bundle reaches the terminal unescaped. */
export function span(text: string, tone: Tone = 'plain'): Span {
  return { text: harmlessLine(text, LONGEST), tone };
}

/** Neighbours of one tone as one piece: a terminal gets fewer escape sequences. */
export function merged(cells: readonly Span[]): Span[] {
  const pieces: Span[] = [];
  for (const cell of cells) {
    const last = pieces.at(-1);
    if (last?.tone === cell.tone) pieces[pieces.length - 1] = span(last.text + cell.text, cell.tone);
    else pieces.push(cell);
  }
  return pieces;
}
