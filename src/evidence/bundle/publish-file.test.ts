import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';
import { publishFile } from './publish-file.ts';

const BYTES = Buffer.from('new');

test('not even force replaces what is no plain file: over /dev/null it would take that from the whole host', async (t) => {
  const directory = temporaryDirectory(t);
  const pipe = join(directory, 'pipe');
  execFileSync('mkfifo', [pipe]);
  for (const force of [false, true]) {
    for (const path of [pipe, directory]) {
      await assert.rejects(publishFile(path, BYTES, { force }), { message: `${path}: not a plain file` });
    }
  }
  assert.ok(lstatSync(pipe).isFIFO());
  assert.deepEqual(readdirSync(directory), ['pipe']);
});

test('a symbolic link is neither followed nor replaced, also one that leads nowhere', async (t) => {
  const directory = temporaryDirectory(t);
  const target = join(directory, 'target');
  writeFileSync(target, 'precious');
  symlinkSync(target, join(directory, 'link'));
  symlinkSync('/no/such', join(directory, 'dangling'));
  for (const name of ['link', 'dangling']) {
    const path = join(directory, name);
    await assert.rejects(publishFile(path, BYTES, { force: true }), { message: `${path}: not a plain file` });
    assert.ok(lstatSync(path).isSymbolicLink());
  }
  assert.equal(readFileSync(target, 'utf8'), 'precious');
});

test('a name as long as the filesystem takes is long enough for its temporary file too', async (t) => {
  const path = join(temporaryDirectory(t), 'x'.repeat(255));
  await publishFile(path, BYTES);
  assert.equal(readFileSync(path, 'utf8'), 'new');
});

test('an empty name is no file', async () => {
  await assert.rejects(publishFile('', BYTES), { message: '"": not a file name' });
});
