import { inTurn } from './in-turn.ts';

/** The begin of a stream, and all of it once more. */
interface Peeked {
  /** As many bytes as were asked for at least, unless there are no more. */
  readonly start: Uint8Array;
  /** Throws what reading threw, in its place. */
  readonly all: AsyncIterable<Uint8Array>;
}

/** Looks at the first bytes of a stream. */
export async function peek(bytes: AsyncIterable<Uint8Array>, length: number): Promise<Peeked> {
  const pieces: Uint8Array[] = [];
  let rest = bytes[Symbol.asyncIterator]();
  try {
    for (let got = 0; got < length; ) {
      const { value, done } = await rest.next();
      if (done === true) break;
      pieces.push(value);
      got += value.length;
    }
  } catch (error) {
    rest = { next: () => Promise.reject(error) };
  }
  return { start: Buffer.concat(pieces), all: inTurn(pieces, rest) };
}
