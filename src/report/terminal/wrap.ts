import stringWidth from 'string-width';

// Chinese and Japanese text breaks between any two characters, except before closing punctuation and after opening.
const CJK = '\\u2e80-\\u303f\\u3041-\\u30ff\\u3400-\\u9fff\\uf900-\\ufaff\\uff01-\\uff60\\u{20000}-\\u{3ffff}';
const NO_BREAK_BEFORE = '，。、；：？！）】》」』”’％…';
const NO_BREAK_AFTER = '（【《「『“‘';
const PIECE = new RegExp(
  `[ ]+|[${NO_BREAK_AFTER}]*[${CJK}][${NO_BREAK_BEFORE}]*|[^ ${CJK}]+[${NO_BREAK_BEFORE}]*`,
  'gu',
);

/** Columns that a text takes on a terminal: a Chinese character takes two. */
export function columns(text: string): number {
  // Most of it is ASCII, and measuring grapheme by grapheme is slow.
  return /^[\x20-\x7e]*$/.test(text) ? text.length : stringWidth(text);
}

/** Breaks a text into lines of at most `width` columns, at spaces and between Chinese characters; a longer word is cut. */
export function wrap(text: string, width: number): string[] {
  const limit = Math.max(width, 2);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of pieces(text, limit)) {
    const size = columns(piece);
    if (used + size > limit) {
      if (line.trim() !== '') lines.push(line.trimEnd());
      line = '';
      used = 0;
    }
    if (line === '' && lines.length > 0 && piece.trim() === '') continue;
    line += piece;
    used += size;
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}

function pieces(text: string, limit: number): string[] {
  return (text.match(PIECE) ?? []).flatMap((p) => (columns(p) > limit ? cut(p, limit) : [p]));
}

/** A path or an id that is longer than the line: cut after a slash where one is near, else anywhere. */
function cut(word: string, limit: number): string[] {
  const parts: string[] = [];
  let part = '';
  let used = 0;
  for (const character of word) {
    const size = columns(character);
    if (used + size > limit && part !== '') {
      const slash = part.lastIndexOf('/') + 1;
      const keep = slash > part.length / 2 ? slash : part.length;
      parts.push(part.slice(0, keep));
      part = part.slice(keep);
      used = columns(part);
    }
    part += character;
    used += size;
  }
  return part === '' ? parts : [...parts, part];
}

/** A text on one line of at most `width` columns; what is cut shows as `…`. */
export function fit(text: string, width: number): string {
  if (columns(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const character of text) {
    used += columns(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** A text filled with spaces to a number of columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(width - columns(text), 0));
}
