import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { harmless, harmlessLine } from './untrusted.ts';

test('an escape sequence becomes readable instead of repainting the terminal', () => {
  assert.equal(harmless('a\x1b[2Jb\x07'), 'a\\x1b[2Jb\\x07');
  assert.equal(harmless('\x9b31m'), '\\x9b31m');
});

test('marks that turn a line around, hide or join characters become readable', () => {
  assert.equal(harmless('rm \u202eexe.txt'), 'rm \\u202eexe.txt');
  assert.equal(harmless('a\u200bb\ufeff\u{e0041}'), 'a\\u200bb\\ufeff\\u{e0041}');
  assert.equal(harmless('a\u2028b'), 'a\\u2028b');
});

test('half of a surrogate pair becomes readable, a whole one stays', () => {
  assert.equal(harmless('\ud83d'), '\\ud83d');
  assert.equal(harmless('😀 线程'), '😀 线程');
});

test('tab and newline stay in a text and are shown in a line', () => {
  assert.equal(harmless('a\tb\n'), 'a\tb\n');
  assert.equal(harmlessLine('a\tb\n'), 'a\\tb\\n');
});

test('a long text is cut and says so', () => {
  assert.equal(harmless('abcdef', 4), 'abc…');
  assert.equal(harmless('abcd', 4), 'abcd');
});

test('whatever goes in, no control or format character comes out', () => {
  const anything = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((c) => String.fromCharCode(c)) });
  fc.assert(
    fc.property(anything, (text) => {
      assert.doesNotMatch(harmlessLine(text), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
});
