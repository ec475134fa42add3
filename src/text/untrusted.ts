// Everything read from a host, a log or a bundle passes here before it is
// kept: a container may be named with an escape sequence that repaints the
// operator's terminal, or with bidirectional marks that turn a line around.
const HARMFUL = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Makes foreign text harmless to show: control characters (all but tab and
 * newline), bidirectional and invisible marks and lone surrogates become
 * visible escapes such as `\x1b` or `\u202e`.
 * @param maxLength characters kept; longer text ends in `…`
 */
export function harmless(text: string, maxLength = 4096): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength - 1)}…` : text;
  return cut.replace(HARMFUL, escapeCharacter);
}

/** As {@link harmless}, on one line: newlines and tabs become visible too. */
export function harmlessLine(text: string, maxLength = 4096): string {
  return harmless(text, maxLength).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

function escapeCharacter(c: string): string {
  const code = c.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\u{${code.toString(16)}}`;
}
