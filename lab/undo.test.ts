import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { LAB_PREFIX, labsParent } from './folder.ts';
import { identify, isRunning } from './processes.ts';
import { journalFile, UndoJournal } from './undo.ts';
import { performUndo, type Undo } from './undo-kinds.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(labsParent(), LAB_PREFIX));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('acts are taken back in reverse order', () => {
  const journal = new UndoJournal(folder);
  const [a, b] = [join(folder, 'a'), join(folder, 'b')];
  writeFileSync(a, '');
  // Done last first, `b` is moved onto `a` before `a` is removed; the other way round one would be left.
  journal.register({ kind: 'remove-file', path: a });
  journal.register({ kind: 'move-back', from: b, to: a });
  writeFileSync(b, '');
  assert.deepEqual(journal.undoSince(), []);
  assert.ok(!existsSync(a) && !existsSync(b));
});

test('another process finds what is still due in the journal on disk', () => {
  const path = join(folder, 'left');
  writeFileSync(path, '');
  new UndoJournal(folder).register({ kind: 'remove-file', path });
  const other = new UndoJournal(folder);
  assert.equal(other.due().length, 1);
  other.undoSince();
  assert.ok(!existsSync(path));
  assert.deepEqual(new UndoJournal(folder).due(), []);
});

test('an undo that was registered for an act that never came does nothing', () => {
  const never: Undo[] = [
    { kind: 'remove-file', path: join(folder, 'never') },
    { kind: 'unmount', path: join(folder, 'never') },
    { kind: 'clear-immutable', path: join(folder, 'never') },
    { kind: 'thaw', mountPoint: join(folder, 'never') },
    { kind: 'resume', pid: 2 ** 22 + 1, startTicks: 1 },
    { kind: 'end', pid: 2 ** 22 + 1, startTicks: 1 },
    { kind: 'move-back', from: join(folder, 'never'), to: join(folder, 'ever') },
    { kind: 'remove-container', socket: join(folder, 'never.sock'), container: 'never' },
    { kind: 'remove-shim-sockets', folder: join(folder, 'never') },
  ];
  for (const undo of never) assert.doesNotThrow(() => performUndo(undo, folder), undo.kind);
});

test('undoing since a mark leaves what was there before', () => {
  const journal = new UndoJournal(folder);
  const [before, since] = [join(folder, 'before'), join(folder, 'since')];
  for (const path of [before, since]) writeFileSync(path, '');
  journal.register({ kind: 'remove-file', path: before });
  const mark = journal.mark();
  journal.register({ kind: 'remove-file', path: since });
  assert.deepEqual(journal.undoSince(mark), []);
  assert.ok(existsSync(before) && !existsSync(since));
});

test('a failure is reported with its reason, stays due, and does not keep others from being undone', () => {
  const journal = new UndoJournal(folder);
  const path = join(folder, 'file');
  writeFileSync(path, '');
  journal.register({ kind: 'remove-file', path });
  journal.register({ kind: 'remove-file', path: '/etc/hostname' });
  const [failure, ...others] = journal.undoSince();
  assert.match(failure?.error ?? '', /is not below/);
  assert.deepEqual(others, []);
  assert.ok(!existsSync(path) && existsSync('/etc/hostname'));
  assert.equal(journal.due().length, 1);
});

test('a line cut short by a kill is passed over, and what another process adds is kept', () => {
  const path = join(folder, 'x');
  new UndoJournal(folder).register({ kind: 'remove-file', path });
  appendFileSync(journalFile(folder), '{"id":2,"undo":{"ki');
  const other = new UndoJournal(folder);
  assert.deepEqual(
    other.due().map((d) => d.id),
    [1],
  );
  assert.deepEqual(other.undoSince(), []);
  assert.deepEqual(new UndoJournal(folder).due(), []);
});

test('the last undo takes the folder away', () => {
  const journal = new UndoJournal(folder);
  journal.register({ kind: 'remove-folder', folder });
  assert.deepEqual(journal.undoSince(), []);
  assert.ok(!existsSync(folder));
});

test('nothing outside the lab is touched, whatever a journal says', () => {
  const outside: Undo[] = [
    { kind: 'remove-folder', folder: '/tmp' },
    { kind: 'remove-folder', folder: `${folder}/../${LAB_PREFIX}other` },
    { kind: 'remove-file', path: '/etc/passwd' },
    { kind: 'unmount', path: '/proc' },
    { kind: 'clear-immutable', path: '/etc/passwd' },
    { kind: 'thaw', mountPoint: '/' },
    { kind: 'move-back', from: '/etc/passwd', to: join(folder, 'x') },
    { kind: 'remove-cgroup', name: 'system.slice' },
    { kind: 'remove-cgroup', name: `${LAB_PREFIX}x/../../system.slice` },
    { kind: 'write', path: '/sys/fs/cgroup/pids/system.slice/pids.max', value: '1' },
  ];
  for (const undo of outside) assert.throws(() => performUndo(undo, folder), JSON.stringify(undo));
});

test('a process is ended only while its pid is still its own', async () => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  const id = identify(child.pid ?? 0);
  performUndo({ kind: 'end', pid: id.pid, startTicks: id.startTicks + 1 }, folder);
  assert.ok(isRunning(id), 'another start time is another process');
  performUndo({ kind: 'end', ...id }, folder);
  assert.ok(!isRunning(id));
});
