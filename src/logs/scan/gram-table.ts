import { BIT_BITS, bitOf, GRAM, gramAt, SLOT_BITS } from './grams.ts';
import { toBytes } from './literals.ts';
import { makePairTable, PairCounts, type PairTable } from './pair-table.ts';

/** A text is looked at every so many bytes. */
export const STRIDES = [8, 4, 2, 1] as const;
export type Stride = (typeof STRIDES)[number];

/** What looking costs: ns a byte by stride, for pairs too; ns a sample that passes. Measured; only the ratios matter. */
const LOOK_NS: Readonly<Record<Stride, number>> = { 8: 0.15, 4: 0.24, 2: 0.45, 1: 0.95 };
const PAIRS_NS = 0.12;
const PASS_NS = 25;
/** So much more rarely must a pair pass than a window, of all positions. */
const WORTH_A_PAIR = 0.0002;
/** The kernels look for pairs beside grams with these strides only. */
const STRIDES_WITH_PAIRS: readonly Stride[] = [8, 4];

/** Odd 32-bit constants of known use in hashing: the one by which the fewest other grams of the sample pass is taken. */
const MULTIPLIERS = [
  0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f, 0x165667b1, 0xcc9e2d51, 0x1b873593, 0x2c1b3c6d, 0x297a2d39,
  0x7feb352d, 0x846ca68b, 0x045d9f3b, 0x119de1f3, 0x01000193, 0x61c88647, 0x5bd1e995,
] as const;

/** Prime, so that it falls in step with nothing. */
const SAMPLE_STEP = 5;

/** Where a literal has a gram that is looked up. */
export interface GramEntry {
  readonly gram: number;
  readonly literal: number;
  readonly offset: number;
}

/** What a kernel finds a set of literals by. Plain data: it is handed to workers. */
export interface GramTable {
  readonly literals: readonly Uint8Array[];
  readonly stride: Stride;
  readonly multiplier: number;
  /** One bit for each hash that a gram of {@link entries} has. */
  readonly bits: Uint8Array;
  /** First entry of each slot, and one more. */
  readonly slots: Uint16Array;
  readonly entries: readonly GramEntry[];
  /** Finds the literals that are too short for the stride. */
  readonly pairs: PairTable;
}

/**
 * Each literal gets a window of `stride + 3` bytes; all its `stride` grams are entered, and wherever the literal occurs
 * exactly one of them begins at a multiple of the stride. Which window is free to choose: the one whose grams are the
 * rarest in `sample`, a piece of what will be scanned. Literals shorter than a window, and some of which every window is
 * frequent, are looked for by a pair of bytes, if `withPairs`; else the stride is as small as the shortest wants it.
 * @throws RangeError see {@link toBytes}
 */
export function makeGramTable(literals: readonly string[], sample: Uint8Array, withPairs: boolean): GramTable {
  const bytes = toBytes(literals);
  const counts: Counts = { sample, grams: countGrams(sample), pairs: new PairCounts(sample) };
  const choices = STRIDES.flatMap((stride) => choicesOf(bytes, stride, counts, withPairs));
  const best = choices.toSorted((a, b) => a.cost - b.cost)[0];
  if (best === undefined) throw new RangeError('a literal is shorter than a gram');
  const { stride, entries, pairs } = best;
  const rates = MULTIPLIERS.map((multiplier) => ({ multiplier, rate: passingRate(entries, multiplier, sample) }));
  const { multiplier } = rates.reduce((a, b) => (b.rate < a.rate ? b : a));
  const bits = bitsOf(entries, multiplier);
  return { literals: bytes, stride, multiplier, bits, pairs, ...inSlots(entries, multiplier) };
}

interface Counts {
  readonly sample: Uint8Array;
  /** By {@link bitOf}, with the first multiplier. */
  readonly grams: Uint32Array;
  readonly pairs: PairCounts;
}

interface Choice {
  readonly stride: Stride;
  readonly entries: readonly GramEntry[];
  readonly pairs: PairTable;
  /** ns a byte. */
  readonly cost: number;
}

/** Where a literal's rarest window is, and what passes there: its share of all samples. */
interface Window {
  readonly start: number;
  readonly rate: number;
}

function choicesOf(literals: readonly Uint8Array[], stride: Stride, counts: Counts, withPairs: boolean): Choice[] {
  const windows = literals.map((bytes) => rarestWindow(bytes, stride, counts));
  const short = new Set(literals.keys().filter((i) => windows[i]?.rate === Number.POSITIVE_INFINITY));
  const choices = short.size === 0 ? [choose(literals, stride, counts, windows, short)] : [];
  if (withPairs && STRIDES_WITH_PAIRS.includes(stride)) {
    const better = literals.keys().filter((i) => {
      const gain = (windows[i]?.rate ?? 0) / stride - counts.pairs.rarest(literals[i] ?? new Uint8Array()).rate;
      return gain > WORTH_A_PAIR;
    });
    choices.push(choose(literals, stride, counts, windows, new Set([...short, ...better])));
  }
  return choices;
}

function choose(
  literals: readonly Uint8Array[],
  stride: Stride,
  counts: Counts,
  windows: readonly Window[],
  byPair: ReadonlySet<number>,
): Choice {
  const entries = literals.flatMap((bytes, literal) => {
    const start = windows[literal]?.start ?? 0;
    const offsets = byPair.has(literal) ? [] : Array.from({ length: stride }, (_, i) => start + i);
    return offsets.map((offset) => ({ gram: gramAt(bytes, offset), literal, offset }));
  });
  const pairs = makePairTable(new Map([...literals.entries()].filter(([i]) => byPair.has(i))), counts.pairs);
  const passing = passingRate(entries, MULTIPLIERS[0], counts.sample) / stride + pairs.passing;
  return { stride, entries, pairs, cost: LOOK_NS[stride] + (byPair.size > 0 ? PAIRS_NS : 0) + PASS_NS * passing };
}

function rarestWindow(literal: Uint8Array, stride: Stride, { grams, sample }: Counts): Window {
  let rarest = { start: 0, count: Number.POSITIVE_INFINITY };
  for (let start = 0; start + stride + GRAM - 1 <= literal.length; start += 1) {
    let count = 0;
    for (let i = 0; i < stride; i += 1) count += grams[bitOf(gramAt(literal, start + i), MULTIPLIERS[0])] ?? 0;
    if (count < rarest.count) rarest = { start, count };
  }
  return { start: rarest.start, rate: rarest.count / Math.max(1, sample.length) };
}

function countGrams(sample: Uint8Array): Uint32Array {
  const counts = new Uint32Array(1 << BIT_BITS);
  for (let i = 0; i + GRAM <= sample.length; i += 1) {
    const bit = bitOf(gramAt(sample, i), MULTIPLIERS[0]);
    counts[bit] = (counts[bit] ?? 0) + 1;
  }
  return counts;
}

function bitsOf(entries: readonly GramEntry[], multiplier: number): Uint8Array {
  const bits = new Uint8Array((1 << BIT_BITS) / 8);
  for (const { gram } of entries) {
    const bit = bitOf(gram, multiplier);
    bits[bit >>> 3] = (bits[bit >>> 3] ?? 0) | (1 << (bit & 7));
  }
  return bits;
}

/** How many of the sample's grams pass, of 1. Some of them are enough to tell. */
function passingRate(entries: readonly GramEntry[], multiplier: number, sample: Uint8Array): number {
  const bits = bitsOf(entries, multiplier);
  let passed = 0;
  for (let i = 0; i + GRAM <= sample.length; i += SAMPLE_STEP) {
    const bit = bitOf(gramAt(sample, i), multiplier);
    passed += ((bits[bit >>> 3] ?? 0) >>> (bit & 7)) & 1;
  }
  return (passed * SAMPLE_STEP) / Math.max(1, sample.length);
}

function inSlots(entries: readonly GramEntry[], multiplier: number): Pick<GramTable, 'slots' | 'entries'> {
  const slotOf = (e: GramEntry): number => Math.imul(e.gram, multiplier) >>> (32 - SLOT_BITS);
  const sorted = [...entries].sort((a, b) => slotOf(a) - slotOf(b));
  const slots = new Uint16Array((1 << SLOT_BITS) + 1);
  for (const entry of sorted) {
    const slot = slotOf(entry) + 1;
    slots[slot] = (slots[slot] ?? 0) + 1;
  }
  for (let i = 1; i < slots.length; i += 1) slots[i] = (slots[i] ?? 0) + (slots[i - 1] ?? 0);
  return { slots, entries: sorted };
}
