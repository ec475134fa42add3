/** Numbers from 0 up to 1, in an order that the seed alone decides. */
export type Random = () => number;

/** sfc32, seeded by splitmix32: small, fast and good enough for a model. Both are in the public domain. */
export function randomFrom(seed: number): Random {
  const next = splitmix32(seed);
  let [a, b, c, counter] = [next(), next(), next(), 1];
  return () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / 2 ** 32;
  };
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let t = state ^ (state >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t = t ^ (t >>> 15);
    t = Math.imul(t, 0x735a2d97);
    return t ^ (t >>> 15);
  };
}

/** A whole number from 0 up to `below`. */
export function pick(random: Random, below: number): number {
  return Math.floor(random() * below);
}

/** Time to the next of events that come at a mean distance, each whenever it likes. */
export function exponential(random: Random, mean: number): number {
  return -mean * Math.log1p(-random());
}
