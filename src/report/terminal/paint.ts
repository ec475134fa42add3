import type { Line, Tone } from './span.ts';

/** Puts a piece of text into the colour of its meaning, by the terminal's escape sequences. */
export type Colourise = (tone: Exclude<Tone, 'plain'>, text: string) => string;

/** Lines as text; without `colourise` there is no escape sequence in it. */
export function paint(lines: readonly Line[], colourise: Colourise | null): string {
  return lines.map((line) => `${paintLine(line, colourise)}\n`).join('');
}

function paintLine(line: Line, colourise: Colourise | null): string {
  const painted = line.map(({ text, tone }) =>
    colourise === null || tone === 'plain' || text.trim() === '' ? text : colourise(tone, text),
  );
  return painted.join('').trimEnd();
}
