/** Where a short literal has the pair of bytes that is looked for. */
export interface PairEntry {
  /** Little-endian. */
  readonly pair: number;
  readonly literal: number;
  readonly offset: number;
}

export interface PairTable {
  readonly entries: readonly PairEntry[];
  /** Four tables of 16: a bit for each bucket, by the low and the high nibble of the first and of the second byte. */
  readonly nibbles: Uint8Array;
  /** Share of the sample's positions at which a pair seems to be, from 0 to 1. */
  readonly passing: number;
}

/** As many as a byte has bits. */
const BUCKETS = 8;

/** How often each pair of bytes is in a text. */
export class PairCounts {
  readonly #counts = new Map<number, number>();
  readonly #total: number;

  constructor(sample: Uint8Array) {
    for (let i = 0; i + 1 < sample.length; i += 1) {
      const pair = pairAt(sample, i);
      this.#counts.set(pair, (this.#counts.get(pair) ?? 0) + 1);
    }
    this.#total = Math.max(1, sample.length);
  }

  /** The literal's rarest pair, and its share of all positions. */
  rarest(literal: Uint8Array): { readonly pair: number; readonly offset: number; readonly rate: number } {
    let offset = 0;
    for (let i = 1; i + 1 < literal.length; i += 1)
      if (this.#count(pairAt(literal, i)) < this.#count(pairAt(literal, offset))) offset = i;
    const pair = pairAt(literal, offset);
    return { pair, offset, rate: this.#count(pair) / this.#total };
  }

  /** Share of all positions at which a bucket seems to hold. */
  rate(bucket: Bucket): number {
    let n = 0;
    for (const [pair, count] of this.#counts) if (bucket.passes(pair)) n += count;
    return n / this.#total;
  }

  #count(pair: number): number {
    return this.#counts.get(pair) ?? 0;
  }
}

/** Pairs that share a bit: also what has the nibbles of some of them passes. */
class Bucket {
  readonly pairs: readonly number[];
  /** Bits by nibble: low and high of the first byte, low and high of the second. */
  readonly #sets: readonly [number, number, number, number];

  constructor(pairs: readonly number[]) {
    this.pairs = pairs;
    const set = (shift: number): number => pairs.reduce((bits, pair) => bits | (1 << ((pair >>> shift) & 15)), 0);
    this.#sets = [set(0), set(4), set(8), set(12)];
  }

  passes(pair: number): boolean {
    return this.#sets.every((bits, i) => ((bits >>> ((pair >>> (4 * i)) & 15)) & 1) === 1);
  }

  /** Nibbles of the tables at which its bit is set. */
  *places(): Generator<number> {
    for (const [table, bits] of this.#sets.entries())
      for (let nibble = 0; nibble < 16; nibble += 1) if (((bits >>> nibble) & 1) === 1) yield 16 * table + nibble;
  }
}

/** For each literal its rarest pair of bytes; what costs least together shares a bucket. */
export function makePairTable(literals: ReadonlyMap<number, Uint8Array>, counts: PairCounts): PairTable {
  const entries = [...literals].map(([literal, bytes]) => {
    const { pair, offset } = counts.rarest(bytes);
    return { literal, pair, offset };
  });
  const buckets = inBuckets([...new Set(entries.map((e) => e.pair))], counts);
  const nibbles = new Uint8Array(64);
  for (const [i, bucket] of buckets.entries())
    for (const place of bucket.places()) nibbles[place] = (nibbles[place] ?? 0) | (1 << i);
  return { entries, nibbles, passing: buckets.reduce((sum, bucket) => sum + counts.rate(bucket), 0) };
}

/** Each pair goes to the bucket that it makes the least worse. */
function inBuckets(pairs: readonly number[], counts: PairCounts): Bucket[] {
  const buckets: Bucket[] = [];
  for (const pair of pairs) {
    const joined = buckets.map((bucket, i) => {
      const both = new Bucket([...bucket.pairs, pair]);
      return { i, both, worse: counts.rate(both) - counts.rate(bucket) };
    });
    const best = joined.toSorted((a, b) => a.worse - b.worse)[0];
    if (best === undefined || (buckets.length < BUCKETS && best.worse > 0)) buckets.push(new Bucket([pair]));
    else buckets[best.i] = best.both;
  }
  return buckets;
}

function pairAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}
