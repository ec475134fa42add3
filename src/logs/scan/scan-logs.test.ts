import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';
import type { FoundIn, ScannedInput, ScanProgress, ScanRequest } from '../scan-contract.ts';
import type { RawLine } from '../signature.ts';
import { CHUNK } from './kernel.ts';
import { scanLogs } from './scan-logs.ts';
import type { ScanSetting } from './scanners.ts';

const LITERALS = ['PLEG is not healthy', 'DeadlineExceeded', 'PLEG is'];

interface Told {
  readonly inputs: ScannedInput[];
  readonly lines: (RawLine & FoundIn)[];
  readonly marks: RawLine[];
}

async function tell(inputs: string[], more: Partial<ScanRequest> = {}, setting: ScanSetting = {}): Promise<Told> {
  const lines: (RawLine & FoundIn)[] = [];
  const marks: RawLine[] = [];
  const request: ScanRequest = {
    inputs,
    literals: LITERALS,
    wholeBytes: 0,
    onCandidate: (line, found) => lines.push({ ...line, ...found }),
    onMark: (line) => marks.push(line),
    ...more,
  };
  return { inputs: await scanLogs(request, setting), lines, marks };
}

const SICK = 'skipping pod synchronization - PLEG is not healthy: pleg was last seen active 3m7s ago';
const CALM = 'I1124 23:51:53.013067      96 kubelet.go:1888] SyncLoop (ADD, "api")\n';

/** A log of at least so many bytes, in which every thousandth line is sick. */
function log(bytes: number): string {
  const block = `${CALM.repeat(999)}E1124 ${SICK}\n`;
  return block.repeat(Math.ceil(bytes / block.length));
}

test('a line that holds literals is told with its place and with the literals it holds', async (t) => {
  const file = join(temporaryDirectory(t), 'kubelet.log');
  writeFileSync(file, `calm\r\n${SICK}\r\n\nlast: DeadlineExceeded`);
  const { lines, inputs } = await tell([file]);
  assert.deepEqual(
    lines.map((l) => ({ ...l, literals: l.literals.toSorted((a, b) => a - b) })),
    [
      { text: SICK, position: { file, line: 2, offset: 6 }, literals: [0, 2], cut: false },
      {
        text: 'last: DeadlineExceeded',
        position: { file, line: 4, offset: 9 + SICK.length },
        literals: [1],
        cut: false,
      },
    ],
  );
  assert.equal(inputs[0]?.lines, 4);
  assert.equal(inputs[0]?.bytes, SICK.length + 31);
  assert.equal(inputs[0]?.problem, null);
});

test('plain, gzip and zstd, by threads or in one, with WebAssembly or without: the same is found', async (t) => {
  const folder = temporaryDirectory(t);
  const text = log(3.5 * CHUNK);
  const [plain, gz, zst] = ['plain', 'gz', 'zst'].map((name) => join(folder, name)) as [string, string, string];
  writeFileSync(plain, text);
  writeFileSync(gz, gzipSync(text));
  writeFileSync(zst, zstdCompressSync(text));
  const strip = ({ lines, inputs }: Told): unknown => ({
    lines: lines.map(({ text, position: { line, offset } }) => ({ text, line, offset })),
    seen: inputs.map((i) => [i.bytes, i.lines, i.problem]),
  });
  const expected = strip(await tell([plain]));
  for (const [file, setting] of [
    [plain, { threads: 2 }],
    [plain, { threads: 0, kernel: 'script' }],
    [plain, { threads: 2, kernel: 'script' }],
    [gz, {}],
    [zst, { kernel: 'script' }],
  ] as const) {
    assert.deepEqual(strip(await tell([file], {}, setting)), expected);
  }
});

test('several members in one file are one text, as log rotation appends them', async (t) => {
  const file = join(temporaryDirectory(t), 'log.gz');
  writeFileSync(file, Buffer.concat([gzipSync(`${SICK}\nbegin `), gzipSync(`of ${SICK}\n`)]));
  assert.deepEqual(
    (await tell([file])).lines.map((l) => l.text),
    [SICK, `begin of ${SICK}`],
  );
});

test('a compressed file that was cut off counts as far as it goes', async (t) => {
  const folder = temporaryDirectory(t);
  const text = Array.from({ length: 40_000 }, (_, i) => `${i} ${i % 100 === 0 ? SICK : Math.sin(i)}\n`).join('');
  for (const packed of [gzipSync(text), zstdCompressSync(text)]) {
    const file = join(folder, 'cut');
    writeFileSync(file, packed.subarray(0, packed.length >> 1));
    const { inputs, lines } = await tell([file]);
    assert.equal(inputs[0]?.problem?.kind, 'cut-off');
    assert.equal(inputs[0]?.problem?.offset, packed.length >> 1);
    assert.ok(lines.length > 50, `${lines.length} lines`);
    assert.ok(lines.every((l) => text.includes(`\n${l.text}\n`) || text.startsWith(l.text)));
  }
});

test('a damaged compressed file counts up to the damage', async (t) => {
  const file = join(temporaryDirectory(t), 'damaged.gz');
  const text = Array.from({ length: 200_000 }, (_, i) => `${i} ${i % 100 === 0 ? SICK : Math.sin(i)}\n`).join('');
  const packed = gzipSync(text);
  writeFileSync(file, packed.fill(0xff, packed.length >> 1, (packed.length >> 1) + 100));
  const { inputs, lines } = await tell([file]);
  assert.deepEqual([inputs[0]?.problem?.kind, inputs[0]?.problem?.detail], ['failed', 'Z_DATA_ERROR']);
  assert.ok(lines.length > 300, `${lines.length} lines`);
});

test('256 MiB without a newline, compressed, is told in parts and not held', async (t) => {
  const file = join(temporaryDirectory(t), 'one-line.gz');
  const member = gzipSync(`${'x'.repeat(16 << 20)}${LITERALS[0]}`);
  writeFileSync(file, Buffer.concat(Array.from({ length: 16 }, () => member)));
  const { inputs, lines } = await tell([file]);
  assert.equal(inputs[0]?.bytes, 16 * ((16 << 20) + 19));
  assert.equal(inputs[0]?.lines, 1);
  assert.equal(lines.length, 16);
  assert.ok(
    lines.every(
      (l) => l.cut && l.position.line === 1 && l.text.length <= 65_536 + 256 && l.text.includes(SICK.slice(31, 50)),
    ),
  );
});

test('in a log a line is told about every MiB, for its time', async (t) => {
  const file = join(temporaryDirectory(t), 'calm.log');
  writeFileSync(file, CALM.repeat(Math.ceil((4.5 * CHUNK) / CALM.length)));
  const { marks, lines } = await tell([file]);
  assert.equal(lines.length, 0);
  assert.equal(marks.length, 5);
  for (const { text, position } of marks) {
    assert.equal(`${text}\n`, CALM);
    assert.equal(position.offset, (position.line - 1) * CALM.length);
  }
});

test('the first and the last lines of a long log are handed over', async (t) => {
  const file = join(temporaryDirectory(t), 'long.log');
  const text = Array.from({ length: 30_000 }, (_, i) => `line ${i + 1}`).join('\n');
  writeFileSync(file, text);
  const { head, tail } = (await tell([file])).inputs[0] as ScannedInput;
  for (const { text: line, position } of [...head, ...tail]) {
    assert.equal(line, `line ${position.line}`);
    assert.equal(text.slice(position.offset, position.offset + line.length), line);
  }
  assert.equal(head[0]?.position.line, 1);
  assert.equal(tail.at(-1)?.position.line, 30_000);
  assert.ok(head.length > 5000 && head.length < 7000);
});

test('a short input is handed over whole, and no line of it by itself', async (t) => {
  const folder = temporaryDirectory(t);
  const files = ['a', 'b.gz'].map((name) => join(folder, name));
  writeFileSync(files[0] ?? '', `${SICK}\n`);
  writeFileSync(files[1] ?? '', gzipSync(`${SICK}\n`));
  const { inputs, lines } = await tell(files, { wholeBytes: 1000 });
  assert.deepEqual(
    inputs.map((i) => [i.whole, i.lines, i.head.length, i.tail.length]),
    [
      [`${SICK}\n`, 1, 1, 1],
      [`${SICK}\n`, 1, 1, 1],
    ],
  );
  assert.equal(lines.length, 0);
});

test('what is no log is said to be none, and the others are read', async (t) => {
  const folder = temporaryDirectory(t);
  const at = (name: string): string => join(folder, name);
  mkdirSync(at('folder'));
  writeFileSync(at('binary'), Buffer.alloc(5000));
  writeFileSync(at('empty'), '');
  // As a writer leaves it that goes on where it was when its log was truncated.
  writeFileSync(at('log'), Buffer.concat([Buffer.alloc(5000), Buffer.from(`\n${SICK}\n`)]));
  const { inputs, lines } = await tell(['absent', 'folder', 'binary', 'empty', 'log'].map(at));
  assert.deepEqual(
    inputs.map((i) => i.problem?.kind ?? null),
    ['absent', 'nothing-known', 'binary', null, null],
  );
  assert.equal(lines.length, 1);
});

test('a log that grows meanwhile is read as far as it went, one that is truncated as far as it goes', async (t) => {
  const file = join(temporaryDirectory(t), 'kubelet.log');
  const text = log(4 * CHUNK);
  writeFileSync(file, text);
  const once = (act: () => void): (() => void) => {
    let done = false;
    return () => {
      if (!done) act();
      done = true;
    };
  };
  const { inputs } = await tell([file], { onCandidate: once(() => appendFileSync(file, SICK)) });
  assert.equal(inputs[0]?.bytes, text.length);
  const truncated = await tell([file], { onCandidate: once(() => truncateSync(file, 1000)) });
  assert.ok((truncated.inputs[0]?.bytes ?? 0) < text.length);
});

test('a scan that is stopped answers with what it saw', async (t) => {
  const folder = temporaryDirectory(t);
  const file = join(folder, 'kubelet.log');
  writeFileSync(file, log(8 * CHUNK));
  writeFileSync(`${file}.gz`, gzipSync(log(8 * CHUNK)));
  for (const [input, setting] of [
    [file, { threads: 0 }],
    [file, { threads: 2 }],
    [`${file}.gz`, {}],
  ] as const) {
    const stop = new AbortController();
    const { inputs } = await tell([input, file], { signal: stop.signal, onCandidate: () => stop.abort() }, setting);
    assert.deepEqual(
      inputs.map((i) => i.problem?.kind),
      ['stopped', 'stopped'],
    );
    // They are read side by side: either may have told first.
    assert.ok(inputs.every((i) => i.bytes < 8 * CHUNK) && inputs.some((i) => i.bytes > 0));
  }
});

test('progress is told at the end at the latest, in bytes as they are on disk', async (t) => {
  const file = join(temporaryDirectory(t), 'log.gz');
  const packed = gzipSync(log(CHUNK));
  writeFileSync(file, packed);
  const told: ScanProgress[] = [];
  await tell([file], { onProgress: (p) => told.push(p) });
  assert.deepEqual(
    [told.at(-1)?.bytes, told.at(-1)?.total, told.at(-1)?.secondsLeft],
    [packed.length, packed.length, 0],
  );
});

test('what a callback throws is no problem of the log: the scan fails with it', async (t) => {
  const file = join(temporaryDirectory(t), 'log');
  writeFileSync(file, `${SICK}\n`);
  const thrown = new Error('a bug');
  const onCandidate = (): never => {
    throw thrown;
  };
  await assert.rejects(tell([file], { onCandidate }), thrown);
});

test('a literal that cannot be looked for is refused', async () => {
  for (const literal of ['abc', 'naïve', 'two\nlines', 'x'.repeat(256)])
    await assert.rejects(
      scanLogs({ inputs: [], literals: [literal], wholeBytes: 0, onCandidate: () => undefined }),
      RangeError,
    );
});
