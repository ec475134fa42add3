import type { RawLine } from '../signature.ts';
import { LineDecoder } from './decode.ts';

/** Of a text's begin and end so much is handed over, bytes. */
export const EDGE = 65_536;
const NEWLINE = 10;

/** The first lines: whole ones, unless the first alone is longer, or the text ends there. */
export function headLines(file: string, bytes: Uint8Array, whole: boolean): RawLine[] {
  const lastNewline = bytes.lastIndexOf(NEWLINE);
  const end = whole || lastNewline < 0 ? bytes.length : lastNewline;
  return linesOf(file, bytes.subarray(0, end), 0, 1);
}

/**
 * The last lines: whole ones, unless the last alone is longer.
 * @param offset of `bytes` in the text
 * @param lines of the text
 */
export function tailLines(file: string, bytes: Uint8Array, offset: number, lines: number): RawLine[] {
  const firstNewline = offset === 0 ? -1 : bytes.indexOf(NEWLINE);
  const start = firstNewline === bytes.length - 1 ? 0 : firstNewline + 1;
  const found = linesOf(file, bytes.subarray(start), offset + start, 1);
  const first = lines - found.length;
  return found.map(({ text, position }) => ({ text, position: { ...position, line: position.line + first } }));
}

function linesOf(file: string, bytes: Uint8Array, offset: number, firstLine: number): RawLine[] {
  const decoder = new LineDecoder(bytes);
  const lines: RawLine[] = [];
  for (let at = 0; at < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, at);
    const end = newline < 0 ? bytes.length : newline;
    const position = { file, line: firstLine + lines.length, offset: offset + at };
    lines.push({ text: decoder.line(at, end), position });
    at = end + 1;
  }
  return lines;
}
