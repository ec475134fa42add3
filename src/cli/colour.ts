import { styleText } from 'node:util';
import type { Colourise } from '../report/terminal/paint.ts';

type Styles = Parameters<typeof styleText>[0];

const STYLES: Readonly<Record<Parameters<Colourise>[0], Styles>> = {
  strong: 'bold',
  dim: 'dim',
  bad: ['red', 'bold'],
  warn: 'yellow',
  good: 'green',
  heading: ['bold', 'underline'],
  command: 'cyan',
};

/** Colour for a terminal that wants it; null when piped, with NO_COLOR set (no-color.org) or on a dumb terminal. */
export function colourFor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Colourise | null {
  const unwanted = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  if (!stream.isTTY || unwanted) return null;
  return (tone, text) => styleText(STYLES[tone], text, { validateStream: false });
}
