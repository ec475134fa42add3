import { inTurn } from './in-turn.ts';

/** A short text, or a long one from its begin on. */
type Gathered =
  /** `failure`: what was thrown at its end, null where nothing was. */
  | { readonly kind: 'whole'; readonly bytes: Uint8Array; readonly failure: unknown }
  | { readonly kind: 'more'; readonly bytes: AsyncIterable<Uint8Array> };

/** Looks whether a text ends within `most` bytes. */
export async function gather(text: AsyncIterable<Uint8Array>, most: number, signal?: AbortSignal): Promise<Gathered> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const rest = text[Symbol.asyncIterator]();
  try {
    while (length <= most && !signal?.aborted) {
      const { value, done } = await rest.next();
      if (done === true) return { kind: 'whole', bytes: Buffer.concat(pieces), failure: null };
      pieces.push(value);
      length += value.length;
    }
  } catch (failure) {
    return { kind: 'whole', bytes: Buffer.concat(pieces), failure };
  }
  return { kind: 'more', bytes: inTurn(pieces, rest) };
}
