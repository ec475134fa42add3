import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';
import { UserError } from '../../text/user-error.ts';
import type { Act } from '../act.ts';
import { type Entry, entryLine, parseJournal } from './entry.ts';
import { cutOffRun, earlierActs, owedActs } from './history.ts';
import { openJournal } from './journal-file.ts';
import { takeLock } from './lock.ts';

const NODE = 'worker-1';
const TAINT = { key: 'node-role.kubernetes.io/master', value: '', effect: 'NoSchedule' } as const;
const CORDON: Act = { kind: 'cordon', node: NODE };
const UNCORDON: Act = { kind: 'uncordon', node: NODE };
const UNTAINT: Act = { kind: 'remove-taint', node: 'cp-1', taint: TAINT };
const RETAINT: Act = { kind: 'add-taint', node: 'cp-1', taint: TAINT };
const REBOOT: Act = { kind: 'reboot', how: 'orderly' };

function run(id: string, at = 0): Entry {
  return { type: 'run', at, run: id, node: NODE, who: 'root', mode: 'yes', cause: null, version: '0' };
}

function begin(id: string, act: Act, undo: Act | null = null, at = 0): Entry {
  return { type: 'begin', at, run: id, node: NODE, step: act.kind, act, undo, command: '', why: '' };
}

function end(id: string, act: Act, status: 'done' | 'refused' | 'failed' | 'timed-out' = 'done'): Entry {
  return { type: 'end', at: 0, run: id, node: NODE, step: act.kind, status, text: '', tookMs: 1 };
}

const CLOSED = (id: string): Entry => ({ type: 'close', at: 0, run: id, node: NODE, result: 'stands' });

test('a taint taken off for a time is owed until it is put back, whatever ended the run', () => {
  const cut = [run('1'), begin('1', CORDON, UNCORDON), end('1', CORDON), begin('1', UNTAINT, RETAINT)];
  // Killed in the middle of the act: it may have taken effect.
  assert.deepEqual(owedActs(cut, NODE), [RETAINT, UNCORDON]);
  const later = [...cut, run('2'), begin('2', RETAINT), end('2', RETAINT)];
  assert.deepEqual(owedActs(later, NODE), [UNCORDON]);
  assert.deepEqual(owedActs([...later, begin('2', UNCORDON), end('2', UNCORDON)], NODE), []);
});

test('what failed or was refused owes nothing; what timed out does; a return that failed leaves it owed', () => {
  assert.deepEqual(owedActs([begin('1', CORDON, UNCORDON), end('1', CORDON, 'failed')], NODE), []);
  assert.deepEqual(owedActs([begin('1', CORDON, UNCORDON), end('1', CORDON, 'refused')], NODE), []);
  const timedOut = [begin('1', CORDON, UNCORDON), end('1', CORDON, 'timed-out')];
  assert.deepEqual(owedActs(timedOut, NODE), [UNCORDON]);
  assert.deepEqual(owedActs([...timedOut, begin('1', UNCORDON), end('1', UNCORDON, 'failed')], NODE), [UNCORDON]);
});

test('another node’s acts are no business of this one', () => {
  const other = { ...begin('1', CORDON, UNCORDON), node: 'worker-2' };
  assert.deepEqual(owedActs([other], NODE), []);
});

test('the cool-down counts acts of runs that ended; a reboot counts although it cut its run off', () => {
  const cordoned = [run('1'), begin('1', CORDON, UNCORDON, 5), end('1', CORDON)];
  assert.deepEqual(earlierActs(cordoned, NODE, '2'), []);
  assert.deepEqual(earlierActs([...cordoned, CLOSED('1')], NODE, '2'), [{ kind: 'cordon', at: 5 }]);
  assert.deepEqual(earlierActs([run('1'), begin('1', REBOOT, null, 7)], NODE, '2'), [{ kind: 'reboot', at: 7 }]);
  assert.deepEqual(earlierActs([run('1'), begin('1', REBOOT, null, 7)], NODE, '1'), []);
});

test('a run that was cut off is known as such', () => {
  assert.equal(cutOffRun([run('1')], NODE)?.run, '1');
  assert.equal(cutOffRun([run('1'), CLOSED('1')], NODE), null);
});

test('whatever text a journal holds, its whole lines are read', () => {
  fc.assert(
    fc.property(fc.array(fc.string().filter((s) => !s.includes('\n'))), (lines) => {
      const text = [...lines, entryLine(run('1')).trimEnd(), '{"type":"beg'].join('\n');
      const { entries, torn } = parseJournal(text);
      assert.equal(entries.at(-1)?.run, '1');
      assert.ok(torn >= 1);
    }),
  );
});

test('what is written is read again, also after a line that a kill tore', async (t) => {
  const path = join(temporaryDirectory(t), 'deep/down/remedy.jsonl');
  const journal = openJournal(path);
  assert.deepEqual(await journal.read(), []);
  await journal.write(run('1'));
  appendFileSync(path, '{"type":"begin","at":1');
  await journal.write(begin('1', CORDON, UNCORDON));
  assert.deepEqual(
    (await journal.read()).map((e) => e.type),
    ['run', 'begin'],
  );
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.match(readFileSync(path, 'utf8'), /\n$/);
});

test('where nothing can be written down nothing is done: that is an error for the user', async (t) => {
  const folder = temporaryDirectory(t);
  writeFileSync(join(folder, 'file'), '');
  await assert.rejects(openJournal(join(folder, 'file/remedy.jsonl')).write(run('1')), UserError);
});

test('two runs on one host do not act at once; a lock left by a kill is taken', async (t) => {
  const path = join(temporaryDirectory(t), 'remedy.jsonl');
  const release = await takeLock(path);
  await assert.rejects(takeLock(path), /another notready remediate/);
  await release();
  // No process of that start time.
  writeFileSync(`${path}.lock`, '1 123456789012');
  await (await takeLock(path))();
});
