import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';
import { actPrograms } from './act-programs.ts';

const programs = actPrograms();
const KILL = { timeoutMs: 10_000, atDeadline: 'kill' } as const;

test('a program is run, and its words come back', async (t) => {
  const run = await programs.run(['fsfreeze', '--unfreeze', join(temporaryDirectory(t), 'none')], KILL);
  assert.notEqual(run.code, 0);
  assert.match(run.stderr, /No such file or directory/);
  assert.equal(run.timedOut, false);
});

test('what is not on the list is not run', async () => {
  const run = await programs.run(['fsfreeze', '--freeze', '/'], KILL);
  assert.match(run.error ?? '', /is not a command line that a remedy runs/);
  assert.equal(run.pid, null);
});

function script(folder: string, body: string): string {
  mkdirSync(join(folder, 'init.d'), { recursive: true });
  const path = join(folder, 'init.d', 'x');
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('a script that outlasts its deadline goes on', async (t) => {
  const folder = temporaryDirectory(t);
  const path = script(folder, `read -r line <${join(folder, 'pipe')}\necho "$line" >${join(folder, 'said')}`);
  spawnSync('mkfifo', [join(folder, 'pipe')]);
  const run = await programs.run([path, 'restart'], { timeoutMs: 50, atDeadline: 'leave' });
  assert.equal(run.timedOut, true);
  assert.equal(run.left?.state, 'S');
  writeFileSync(join(folder, 'pipe'), 'on\n');
  while (!said(folder)) await new Promise((resolve) => setTimeout(resolve, 10));
});

function said(folder: string): boolean {
  try {
    return readFileSync(join(folder, 'said'), 'utf8') === 'on\n';
  } catch {
    return false;
  }
}

test('a program that outlasts its deadline is ended', async (t) => {
  const path = script(temporaryDirectory(t), 'exec sleep 1000');
  const run = await programs.run([path, 'restart'], { timeoutMs: 50, atDeadline: 'kill' });
  assert.equal(run.timedOut, true);
  assert.equal(run.left, null);
  assert.throws(() => process.kill(run.pid ?? 0, 0), /ESRCH/);
});

test('a script that others than root can write is not run', { skip: process.getuid?.() !== 0 }, async (t) => {
  const path = script(temporaryDirectory(t), 'exit 0');
  chmodSync(path, 0o777);
  const run = await programs.run([path, 'restart'], KILL);
  assert.match(run.error ?? '', /can be written by others/);
});

test('a write to a file that is not there makes none', async (t) => {
  const path = join(temporaryDirectory(t), 'fs/fuse/connections/5/abort');
  assert.equal(await programs.write(path, '1', 5000), 'ENOENT');
});

test('a write reaches its file', async (t) => {
  const folder = join(temporaryDirectory(t), 'fs/fuse/connections/5');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'abort'), '');
  assert.equal(await programs.write(join(folder, 'abort'), '1', 5000), null);
  assert.equal(readFileSync(join(folder, 'abort'), 'utf8'), '1');
});
