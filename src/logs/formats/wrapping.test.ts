import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readText } from '../text-reader.ts';

const CLOCK = { now: Date.UTC(2023, 6, 3, 12, 10), years: 'nearest', zone: 0 } as const;
const ID = 'bdf4dc0af526a317e248c994719eabb233a9db337d535351a277b1b324cf5fec';
const LINES = ['20:03:25', '20:07:27'].map(
  (time) =>
    `E0703 ${time}.881543 77 remote_runtime.go:295] ContainerStatus "${ID}" from runtime service failed: rpc error: code = DeadlineExceeded desc = context deadline exceeded`,
);

const read = (text: string): readonly string[] => readText(text, 'paste', CLOCK).lines.map((l) => l.text);

function atColumn(line: string, width: number): string {
  return (line.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\n');
}

function atWords(line: string, width: number): string {
  const rows: string[] = [];
  for (const word of line.split(' ')) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(word);
  }
  return rows.join('\n');
}

test('lines that a terminal or a mailer wrapped are one again, quoted ones too', () => {
  for (const width of [78, 80, 100, 120]) {
    for (const wrap of [atColumn, atWords]) {
      const text = LINES.map((line) => wrap(line, width)).join('\n');
      assert.deepEqual(read(text), LINES, `${wrap.name} ${width}`);
      assert.deepEqual(read(text.replace(/^/gm, '> ')), LINES, `${wrap.name} ${width}, quoted`);
    }
  }
});

test('lines that were not wrapped stay apart', () => {
  assert.deepEqual(read(LINES.join('\n')), LINES);
  assert.deepEqual(read(`${LINES[0]}\nsome words of a person\n${LINES[1]}`).length, 2);
});

test('spaces that do not break, as a web page has them, are spaces', () => {
  assert.deepEqual(read(LINES.join('\n').replaceAll(' ', '\u00a0')), LINES);
});

test('a text of any rows is read to its end', () => {
  const row = fc.oneof(
    fc.string({ maxLength: 90 }),
    fc.constantFrom('', 'I0703 10:00:00.1 1 x.go:1] a', 'x'.repeat(80)),
  );
  fc.assert(fc.property(fc.array(row, { maxLength: 60 }), (rows) => Array.isArray(read(rows.join('\n')))));
});
