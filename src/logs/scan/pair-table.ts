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
}

/** As many as a byte has bits. */
const BUCKETS = 8;

/** For each short literal its rarest pair of bytes in the sample; what begins alike shares a bucket. */
export function makePairTable(literals: ReadonlyMap<number, Uint8Array>, sample: Uint8Array): PairTable {
  const counts = countPairs(sample);
  const entries = [...literals]
    .map(([literal, bytes]) => ({ literal, ...rarestPair(bytes, counts) }))
    .sort((a, b) => (a.pair & 0xff) - (b.pair & 0xff) || a.pair - b.pair);
  const pairs = [...new Set(entries.map((e) => e.pair))];
  const nibbles = new Uint8Array(64);
  for (const [i, pair] of pairs.entries()) {
    const bucket = 1 << Math.floor((i * BUCKETS) / Math.max(BUCKETS, pairs.length));
    const [first, second] = [pair & 0xff, pair >>> 8];
    for (const at of [first & 15, 16 + (first >>> 4), 32 + (second & 15), 48 + (second >>> 4)])
      nibbles[at] = (nibbles[at] ?? 0) | bucket;
  }
  return { entries, nibbles };
}

/** How many of the sample's pairs pass, of 1. */
export function passingPairs({ nibbles, entries }: PairTable, sample: Uint8Array, step: number): number {
  if (entries.length === 0) return 0;
  let passed = 0;
  for (let i = 0; i + 1 < sample.length; i += step) {
    const [first, second] = [sample[i] ?? 0, sample[i + 1] ?? 0];
    const low = (nibbles[first & 15] ?? 0) & (nibbles[32 + (second & 15)] ?? 0);
    if ((low & (nibbles[16 + (first >>> 4)] ?? 0) & (nibbles[48 + (second >>> 4)] ?? 0)) !== 0) passed += 1;
  }
  return (passed * step) / Math.max(1, sample.length);
}

function countPairs(sample: Uint8Array): Uint32Array {
  const counts = new Uint32Array(65_536);
  for (let i = 0; i + 1 < sample.length; i += 1) {
    const pair = pairAt(sample, i);
    counts[pair] = (counts[pair] ?? 0) + 1;
  }
  return counts;
}

function rarestPair(literal: Uint8Array, counts: Uint32Array): Pick<PairEntry, 'pair' | 'offset'> {
  let offset = 0;
  for (let i = 1; i + 1 < literal.length; i += 1)
    if ((counts[pairAt(literal, i)] ?? 0) < (counts[pairAt(literal, offset)] ?? 0)) offset = i;
  return { pair: pairAt(literal, offset), offset };
}

function pairAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}
