// AssemblyScript, not TypeScript: `npm run generate` makes ../gen/kernel-code.ts of it. What it does, and why so, is
// told in docs/decisions; `ScriptKernel` is the same without WebAssembly, and both must find the same.
//
// Every STRIDE bytes of a text one gram (4 bytes) is looked up in a table of bits. A literal's grams are entered such
// that of each occurrence exactly one gram lies on that grid: so each is found, and once. Literals too short for that
// are found by a pair of bytes, looked for at every byte by nibble (as Hyperscan's and ripgrep's Teddy does).

/** Where things lie in the memory; read by ../kernel-memory.ts. */
export const BITS: usize = 1024; // 2^16 bits, by the upper 16 bits of gram * multiplier
export const PAIRS: usize = 9728; // four tables of 16 bytes: a bit for each bucket, by a nibble of a pair's bytes
export const SLOTS: usize = 16384; // u16[4097]: first entry by the upper 12 bits of the same
export const ENTRIES: usize = 32768; // gram u32, literal u16, offset of the gram in it u16
export const SHORTS: usize = 98304; // pair u16, literal u16, offset of the pair in it u16, nothing u16
export const LITERALS: usize = 131072; // address u32, length u32; then their bytes
export const HITS: usize = 524288; // start u32, literal u32
export const ROWS: usize = 1572864; // line's start u32, end u32, newlines before it u32, its first hit u32
export const DATA: usize = 2621440;
/** Past so many hits it stops and wants to be called again: the next block may bring more. */
const ENOUGH_HITS: u32 = 16384;
/** Looked at at once. */
const BLOCK: usize = 64;

let hits: u32 = 0;
let rows: u32 = 0;
let shorts: u32 = 0;
let newlines: u32 = 0;
let lineEnd: usize = 0;
/** Samples at `from`, `from + stride`, ... below `to`; a literal must lie in `first` to `last`. */
let from: usize = 0;
let to: usize = 0;
let first: usize = 0;
let last: usize = 0;

export function hitCount(): u32 {
  return hits;
}

export function rowCount(): u32 {
  return rows;
}

/** Newlines from `from` to where the last call stopped. */
export function newlineCount(): u32 {
  return newlines;
}

export function begin(regionFrom: usize, regionTo: usize, textFirst: usize, textLast: usize): void {
  from = regionFrom;
  to = regionTo;
  first = textFirst;
  last = textLast;
  newlines = 0;
  lineEnd = 0;
}

/** Where the line of `p` begins, at `floor` at the earliest. */
export function startOfLine(p: usize, floor: usize): usize {
  while (p >= floor + 16) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(p - 16), i8x16.splat(10)));
    if (mask) return p + 16 - clz(mask);
    p -= 16;
  }
  while (p > floor && load<u8>(p - 1) != 10) p--;
  return p;
}

/** The next newline from `p` on, `ceiling` where there is none before it. */
export function endOfLine(p: usize, ceiling: usize): usize {
  while (p < ceiling) {
    const mask = i8x16.bitmask(i8x16.eq(v128.load(p), i8x16.splat(10)));
    if (mask) return min(p + ctz(mask), ceiling);
    p += 16;
  }
  return ceiling;
}

function countNewlines(a: usize, b: usize): u32 {
  let n: u32 = 0;
  for (; a < b; a++) n += load<u8>(a) == 10 ? 1 : 0;
  return n;
}

function sum(bytes: v128): u32 {
  const words = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes));
  return (
    i32x4.extract_lane(words, 0) +
    i32x4.extract_lane(words, 1) +
    i32x4.extract_lane(words, 2) +
    i32x4.extract_lane(words, 3)
  );
}

function same(a: usize, b: usize, length: u32): bool {
  let i: u32 = 0;
  for (; i + 4 <= length; i += 4) if (load<u32>(a + i) != load<u32>(b + i)) return false;
  for (; i < length; i++) if (load<u8>(a + i) != load<u8>(b + i)) return false;
  return true;
}

function record(p: usize, start: usize, literal: u32, before: u32, block: usize): void {
  if (p >= lineEnd) {
    const row = ROWS + ((rows++) << 4);
    lineEnd = endOfLine(p, to);
    store<u32>(row, startOfLine(p, from) as u32);
    store<u32>(row, lineEnd as u32, 4);
    store<u32>(row, before + countNewlines(block, p), 8);
    store<u32>(row, hits, 12);
  }
  const hit = HITS + ((hits++) << 3);
  store<u32>(hit, start as u32);
  store<u32>(hit, literal, 4);
}

function confirm(literal: u32, start: usize, p: usize, before: u32, block: usize): void {
  const described = LITERALS + (literal << 3);
  const length = load<u32>(described, 4);
  if (start < first || start + length > last) return;
  if (same(start, load<u32>(described), length)) record(p, start, literal, before, block);
}

/** Which literals have the gram at `p` there, and stand there whole. */
function lookUp(p: usize, hash: u32, before: u32, block: usize): void {
  const gram = load<u32>(p);
  const slot = SLOTS + ((hash >>> 20) << 1);
  let entry = ENTRIES + ((load<u16>(slot) as usize) << 3);
  const end = ENTRIES + ((load<u16>(slot, 2) as usize) << 3);
  for (; entry < end; entry += 8) {
    if (load<u32>(entry) != gram) continue;
    confirm(load<u16>(entry, 4), p - (load<u16>(entry, 6) as usize), p, before, block);
  }
}

/** Which short literals have the pair at `p` there, and stand there whole. */
function lookUpPair(p: usize, before: u32, block: usize): void {
  const pair = load<u16>(p);
  const end = SHORTS + (shorts << 3);
  for (let entry = SHORTS; entry < end; entry += 8) {
    if (load<u16>(entry) == pair) confirm(load<u16>(entry, 2), p - (load<u16>(entry, 4) as usize), p, before, block);
  }
}

/** A block that may hold something; `pairs` has a bit for each byte of it where a short literal's pair may be. */
function lookClosely(block: usize, stride: usize, multiplier: u32, pairs: u64, before: u32): void {
  for (let p = block; p < block + BLOCK; p += stride) {
    const hash = load<u32>(p) * multiplier;
    if (((load<u8>(BITS + (hash >>> 19)) as u32) >>> ((hash >>> 16) & 7)) & 1) lookUp(p, hash, before, block);
    while (pairs != 0) {
      const q = block + (ctz(pairs) as usize);
      if (q >= p + stride) break;
      lookUpPair(q, before, block);
      pairs &= pairs - 1;
    }
  }
}

// @ts-ignore: a decorator on a function
@inline
function bit(p: usize, multiplier: u32): u32 {
  const hash = load<u32>(p) * multiplier;
  return (load<u8>(BITS + (hash >>> 19)) as u32) >>> ((hash >>> 16) & 7);
}

// @ts-ignore
@inline
function four(p: usize, stride: usize, m: u32): u32 {
  return bit(p, m) | bit(p + stride, m) | bit(p + 2 * stride, m) | bit(p + 3 * stride, m);
}

// @ts-ignore
@inline
function sixteen(p: usize, stride: usize, m: u32): u32 {
  return four(p, stride, m) | four(p + 4 * stride, stride, m) | four(p + 8 * stride, stride, m) | four(p + 12 * stride, stride, m);
}

// @ts-ignore
@inline
function anyGram(p: usize, stride: usize, m: u32): u32 {
  if (stride == 8) return four(p, 8, m) | four(p + 32, 8, m);
  if (stride == 4) return sixteen(p, 4, m);
  if (stride == 2) return sixteen(p, 2, m) | sixteen(p + 32, 2, m);
  return sixteen(p, 1, m) | sixteen(p + 16, 1, m) | sixteen(p + 32, 1, m) | sixteen(p + 48, 1, m);
}

/** For each of 16 bytes the buckets that its low and its high nibble share. The index is below 16: no swizzle differs. */
// @ts-ignore
@inline
function buckets(bytes: v128, low: v128, high: v128): v128 {
  return v128.and(
    i8x16.relaxed_swizzle(low, v128.and(bytes, i8x16.splat(15))),
    i8x16.relaxed_swizzle(high, i8x16.shr_u(bytes, 4)),
  );
}

// @ts-ignore
@inline
function pairsAt(p: usize, low0: v128, high0: v128, low1: v128, high1: v128): v128 {
  return v128.and(buckets(v128.load(p), low0, high0), buckets(v128.load(p + 1), low1, high1));
}

// @ts-ignore
@inline
function maskOf(found: v128): u64 {
  return ((i8x16.bitmask(i8x16.ne(found, i8x16.splat(0))) as u32) & 0xffff) as u64;
}

// @ts-ignore
@inline
function scanBy(stride: usize, withPairs: bool, at: usize, multiplier: u32): usize {
  const newline = i8x16.splat(10);
  const low0 = v128.load(PAIRS);
  const high0 = v128.load(PAIRS + 16);
  const low1 = v128.load(PAIRS + 32);
  const high1 = v128.load(PAIRS + 48);
  hits = 0;
  rows = 0;
  while (at < to) {
    // Counted in bytes, each of which grows by 4 a block at most.
    let counts = i8x16.splat(0);
    const stop = min(at + 63 * BLOCK, to);
    while (at < stop) {
      const here = at;
      at += BLOCK;
      let any = anyGram(here, stride, multiplier) & 1;
      let pairs: u64 = 0;
      if (withPairs) {
        const a = pairsAt(here, low0, high0, low1, high1);
        const b = pairsAt(here + 16, low0, high0, low1, high1);
        const c = pairsAt(here + 32, low0, high0, low1, high1);
        const d = pairsAt(here + 48, low0, high0, low1, high1);
        if (v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) {
          pairs = maskOf(a) | (maskOf(b) << 16) | (maskOf(c) << 32) | (maskOf(d) << 48);
          any = 1;
        }
      }
      if (any) lookClosely(here, stride, multiplier, pairs, newlines + sum(counts));
      counts = i8x16.sub(counts, i8x16.eq(v128.load(here), newline));
      counts = i8x16.sub(counts, i8x16.eq(v128.load(here + 16), newline));
      counts = i8x16.sub(counts, i8x16.eq(v128.load(here + 32), newline));
      counts = i8x16.sub(counts, i8x16.eq(v128.load(here + 48), newline));
      if (hits > ENOUGH_HITS) {
        newlines += sum(counts);
        return at;
      }
    }
    newlines += sum(counts);
  }
  return at;
}

/** Scans on from `at`; answers where it stopped: at or past `to`, unless there were too many hits. */
export function scan(stride: u32, shortLiterals: u32, at: usize, multiplier: u32): usize {
  shorts = shortLiterals;
  if (shortLiterals > 0) return stride == 8 ? scanBy(8, true, at, multiplier) : scanBy(4, true, at, multiplier);
  if (stride == 8) return scanBy(8, false, at, multiplier);
  if (stride == 4) return scanBy(4, false, at, multiplier);
  if (stride == 2) return scanBy(2, false, at, multiplier);
  return scanBy(1, false, at, multiplier);
}
