import assert from 'node:assert/strict';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { type NaiveLine, naiveScan } from '../../../test/support/naive-scan.ts';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';
import { LocalScanner } from './chunk-scanners.ts';
import { CHUNK, type Kernel } from './kernel.ts';
import type { TellLine } from './line-assembler.ts';
import { makeKernel, seek } from './make-kernel.ts';
import { LONGEST_LINE } from './pieces.ts';
import { scanFile } from './scan-file.ts';
import { scanStream } from './scan-stream.ts';
import { runsWasm } from './wasm-kernel.ts';

const KERNELS: Readonly<Record<string, (literals: readonly string[], sample: Uint8Array) => Kernel>> = {
  WebAssembly: (literals, sample) => {
    assert.ok(runsWasm(), 'this machine runs no WebAssembly with SIMD');
    return makeKernel(seek(literals, sample, 'fastest'));
  },
  JavaScript: (literals, sample) => makeKernel(seek(literals, sample, 'script')),
};

/** Few letters, so that literals overlap, begin alike, hold each other, and nearly stand where they do not. */
const literal = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 4, maxLength: 20 });
const literals = fc.uniqueArray(literal, { minLength: 1, maxLength: 12 });

/** Text where few letters make nearly everything a candidate. */
const denseText = fc
  .string({ unit: fc.constantFrom('a', 'b', 'c', '\n', 'a', 'b', 'c', 'é', '\r'), maxLength: 2000 })
  .map((text) => Buffer.from(text));

/** What a big text is made of: its size, how its lines are, and where literals are put: mostly where something ends. */
const bigText = fc.record({
  size: fc
    .tuple(
      fc.constantFrom(0, LONGEST_LINE, CHUNK, 2 * CHUNK, 2 * CHUNK + 5 * LONGEST_LINE),
      fc.integer({ min: -600, max: 600 }),
    )
    .map(([size, more]) => Math.max(0, size + more)),
  lineLength: fc.constantFrom(
    1,
    80,
    200,
    5000,
    LONGEST_LINE - 1,
    LONGEST_LINE,
    LONGEST_LINE + 1,
    100_000,
    CHUNK,
    10 * CHUNK,
  ),
  plants: fc.array(
    fc.record({
      near: fc.constantFrom(0, LONGEST_LINE, CHUNK, CHUNK + LONGEST_LINE, 2 * CHUNK),
      by: fc.oneof(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -70_000, max: 70_000 })),
      which: fc.nat(11),
    }),
    { maxLength: 30 },
  ),
});

function makeBig(
  { size, lineLength, plants }: typeof bigText extends fc.Arbitrary<infer T> ? T : never,
  words: readonly string[],
): Buffer {
  const text = Buffer.alloc(size, '.');
  for (let at = lineLength; at < size; at += lineLength + 1) text[at] = 10;
  for (const { near, by, which } of plants) {
    const at = Math.max(0, near + by);
    text.write(words[which % words.length] ?? '', at < size ? at : 0, 'latin1');
  }
  return text;
}

function compare(found: readonly NaiveLine[], text: Buffer, words: readonly string[]): void {
  const lines = found
    .filter((line) => line.literals.length > 0)
    .map((line) => ({ ...line, literals: line.literals.toSorted((a, b) => a - b) }));
  assert.deepEqual(lines, naiveScan(text, words));
}

/** Gathers what is told, as the plain search has it. */
function into(lines: NaiveLine[]): TellLine {
  return ({ text, position: { line, offset } }, { literals, cut }) =>
    void lines.push({ text, line, offset, literals, cut });
}

async function inStream(text: Buffer, kernel: Kernel, piece: number): Promise<NaiveLine[]> {
  const found: NaiveLine[] = [];
  const bytes = (async function* pieces() {
    for (let at = 0; at < text.length; at += piece) yield text.subarray(at, at + piece);
  })();
  const extent = await scanStream({
    bytes,
    kernel,
    file: 'text',
    tellLine: into(found),
    advanced: () => undefined,
    signal: undefined,
  });
  assert.equal(extent.bytes, text.length);
  assert.equal(
    extent.lines,
    text.toString('latin1').split('\n').length - (text.at(-1) === 10 || text.length === 0 ? 1 : 0),
  );
  return found;
}

async function inFile(file: string, text: Buffer, kernel: Kernel): Promise<NaiveLine[]> {
  const found: NaiveLine[] = [];
  writeFileSync(file, text);
  const fd = openSync(file, 'r');
  try {
    const scanner = new LocalScanner(kernel);
    const scan = { fd, size: text.length, scanner, signal: undefined, advanced: () => undefined };
    const { failure } = await scanFile({ ...scan, file, tellLine: into(found) });
    assert.equal(failure, null);
  } finally {
    closeSync(fd);
  }
  return found;
}

for (const [name, make] of Object.entries(KERNELS)) {
  test(`${name} finds what a plain search finds, where everything is nearly a literal`, async () => {
    const sample = fc.constantFrom(Buffer.alloc(0), Buffer.from('abcabbacbaabcaabbbcc'));
    const property = fc.asyncProperty(literals, denseText, sample, async (words, text, seen) =>
      compare(await inStream(text, make(words, seen), 700), text, words),
    );
    await fc.assert(property, { numRuns: 100 });
  });

  test(`${name} finds what a plain search finds, at the borders of chunks and of parts of lines`, async (t) => {
    const file = join(temporaryDirectory(t), 'text');
    const piece = fc.constantFrom(1000, 65_536, 300_000, 3 * CHUNK);
    const property = fc.asyncProperty(literals, bigText, piece, async (words, big, size) => {
      const text = makeBig(big, words);
      const kernel = make(words, Buffer.alloc(0));
      compare(await inStream(text, kernel, size), text, words);
      compare(await inFile(file, text, kernel), text, words);
    });
    await fc.assert(property, { numRuns: 15 });
  });

  test(`${name} finds more in a line, and in a chunk, than it can tell at once`, async () => {
    const alike = ['aaaa', 'aaaaa', 'aaaaaa', 'aaaaaaa'];
    for (const [line, words] of [
      [100, alike],
      [30_000, alike],
      [70_000, ['aaaa']],
    ] as const) {
      const text = Buffer.from(`${'a'.repeat(line)}\n`.repeat(Math.ceil(30_000 / line)));
      compare(await inStream(text, make(words, Buffer.alloc(0)), CHUNK), text, words);
    }
  });
}
