const CARRIAGE_RETURN = 13;

/** A line's text, without the carriage return of a CRLF. What is no UTF-8 is replaced. */
export function decodeLine(bytes: Uint8Array, start: number, end: number): string {
  const textEnd = end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, textEnd - start).toString('utf8');
}
