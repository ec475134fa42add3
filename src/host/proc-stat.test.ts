import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseProcStat } from './proc-stat.ts';

test('the stat line of a zombie leader whose threads still exist', () => {
  const line =
    '27441 (writer) Z 27422 27441 27441 0 -1 4228364 997 0 0 0 3 4 0 0 20 0 4 0 207817 0 0 18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 9\n';
  assert.deepEqual(parseProcStat(line), {
    pid: 27441,
    comm: 'writer',
    state: 'Z',
    ppid: 27422,
    threads: 4,
    startTicks: 207817,
  });
});

test('a name may hold blanks, parentheses and what looks like fields', () => {
  const line = '7 (a) S 1 (b) c) R 3 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 99 0 0';
  const stat = parseProcStat(line);
  assert.equal(stat?.comm, 'a) S 1 (b) c');
  assert.equal(stat?.state, 'R');
  assert.equal(stat?.ppid, 3);
  assert.equal(stat?.startTicks, 99);
});

test('any name that the kernel can keep is read back', () => {
  const name = fc.string({ unit: 'binary', maxLength: 15 });
  fc.assert(
    fc.property(name, fc.nat(), fc.nat(), (comm, ppid, start) => {
      const fields = `S ${ppid} 0 0 0 -1 0 0 0 0 0 0 0 0 0 20 0 3 0 ${start} 0 0`;
      const stat = parseProcStat(`12 (${comm}) ${fields}\n`);
      assert.deepEqual(stat, { pid: 12, comm, state: 'S', ppid, threads: 3, startTicks: start });
    }),
  );
});

test('what is no stat line gives null and never throws', () => {
  for (const text of ['', '12', '12 (x', '12 (x)', '12 (x) S', '(x) S 1 2', ') (', 'x (y) Z a b'])
    assert.equal(parseProcStat(text), null, text);
  fc.assert(
    fc.property(fc.string(), (text) => {
      parseProcStat(text);
    }),
  );
});
