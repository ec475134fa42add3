/** How a value ends: at a delimiter of a list (`a=x,b=y`), or only at a space, as in an environment. */
export type ValueStyle = 'listed' | 'spaced';

/** What opens a quoted value; in a text that was escaped before, with backslashes: `\"`, `\\\"`. */
export const QUOTE = String.raw`\\{0,8}["']`;

// Neither is what stands in place of a secret already. An escaped quote, line end or NUL ends a value.
const LISTED = /(?!\[redacted\])(?:[^\s"'\\,;&)\]}]|'(?=\w)|\\(?!\\{0,7}["']|n|x00))+/y;
const SPACED = /(?!\[redacted\])(?:[^\s"\\]|\\(?!\\{0,7}["']|n|x00))+/y;

/** Where a value ends that starts at `start`; `start` itself where there is none. */
export function valueEnd(text: string, start: number, quote: string | undefined, style: ValueStyle): number {
  if (quote !== undefined) return quotedEnd(text, start, quote);
  const pattern = style === 'listed' ? LISTED : SPACED;
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

/** The same quote closes it, escaped as often as the one that opened it; a line that was cut ends it too. */
function quotedEnd(text: string, start: number, quote: string): number {
  if (text.startsWith('[redacted]', start)) return start;
  const sign = quote.at(-1);
  let backslashes = 0;
  for (let i = start; i < text.length; i++) {
    const c = text[i];
    if (c === '\n') return i;
    if (c === sign && closes(backslashes, quote.length - 1)) return i - Math.min(backslashes, quote.length - 1);
    backslashes = c === '\\' ? backslashes + 1 : 0;
  }
  return text.length;
}

/** Within plain quotes an even number of backslashes escapes itself only. */
function closes(backslashes: number, opening: number): boolean {
  return opening === 0 ? backslashes % 2 === 0 : backslashes <= opening;
}
