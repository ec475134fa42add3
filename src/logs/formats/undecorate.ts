/** Longer lines are cut: a kubelet quotes whole pod objects at high verbosity. */
export const MAX_LINE = 4096;

const ESCAPE = String.fromCharCode(0x1b);
const ANSI = new RegExp(`${ESCAPE}\\[[\\d;]{0,20}[A-Za-z]`, 'g');
// `> ` of mail and forums, `| ` of block quotes, `# ` and `$ ` stay: they may begin a shell's own lines
const QUOTE = /^\s{0,40}(?:> ?){1,8}/;

/** A line as its writer wrote it: without colours, a quotation's mark, the carriage return and the indent of a paste. */
export function undecorate(line: string): string {
  return unquote(line.length > MAX_LINE ? line.slice(0, MAX_LINE) : line).trim();
}

/** As {@link undecorate}, keeping the indent, by which tables and folded lines are told, and objects and dumps of any length. */
export function undecorateKeepIndent(line: string): string {
  return unquote(line.length > MAX_LINE && !isWhole(line) ? line.slice(0, MAX_LINE) : line).trimEnd();
}

/** A whole object, or a daemon's dump of its stacks packed into one message. */
function isWhole(line: string): boolean {
  return line.startsWith('{') || line.slice(0, MAX_LINE).includes('\\ngoroutine ');
}

function unquote(line: string): string {
  const plain = line.includes(ESCAPE) ? line.replace(ANSI, '') : line;
  const spaced = plain.includes('\u00a0') ? plain.replaceAll('\u00a0', ' ') : plain;
  return spaced.replace(QUOTE, '');
}
