/**
 * Whether a text's begin is none. Zero bytes before everything else do not make it binary: so begins a log that was
 * truncated under its writer, which goes on writing where it was.
 * @param whole there is no more of it
 */
export function isBinary(head: Uint8Array, whole: boolean): boolean {
  const start = head.findIndex((byte) => byte !== 0);
  return start < 0 ? whole && head.length > 0 : head.includes(0, start);
}
