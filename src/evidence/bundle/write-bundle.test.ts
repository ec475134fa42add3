import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { frozenStorageCase } from '../../../test/support/case-samples.ts';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';
import type { UserError } from '../../text/user-error.ts';
import { packBundle, readBundle, writeBundle } from './bundle.ts';

test('a case file comes back from its bundle equal', async (t) => {
  const path = join(temporaryDirectory(t), 'case.tar.gz');
  await writeBundle(frozenStorageCase(), path);
  assert.deepEqual(await readBundle(path), frozenStorageCase());
});

test('an unpacked bundle reads as the packed one does', async (t) => {
  const directory = temporaryDirectory(t);
  await writeBundle(frozenStorageCase(), join(directory, 'case.tar.gz'));
  execFileSync('tar', ['-xzf', 'case.tar.gz', '--no-same-owner'], { cwd: directory });
  const notes: string[] = [];
  const caseFile = await readBundle(directory, { onNote: (note) => notes.push(note.en) });
  assert.deepEqual(caseFile, frozenStorageCase());
  assert.deepEqual(notes, ['ignored "case.tar.gz", which no bundle has']);
});

test('equal case files give equal bytes', async () => {
  assert.deepEqual(await packBundle(frozenStorageCase()), await packBundle(frozenStorageCase()));
});

test('a person reads it with tar alone: a README, and one record a line', async (t) => {
  const directory = temporaryDirectory(t);
  await writeBundle(frozenStorageCase(), join(directory, 'case.tar.gz'));
  const names = execFileSync('tar', ['-tzf', join(directory, 'case.tar.gz')], { encoding: 'utf8' });
  assert.deepEqual(names.trim().split('\n'), [
    'README.txt',
    'manifest.json',
    'sources.jsonl',
    'entities.jsonl',
    'links.jsonl',
    'observations.jsonl',
  ]);
  execFileSync('tar', ['-xzf', 'case.tar.gz', '--no-same-owner'], { cwd: directory });
  const lines = readFileSync(join(directory, 'observations.jsonl'), 'utf8').trim().split('\n');
  assert.deepEqual(
    lines.map((l) => JSON.parse(l)),
    frozenStorageCase().observations,
  );
});

test('only its owner may read it, and nothing else is left in the folder', async (t) => {
  const directory = temporaryDirectory(t);
  await writeBundle(frozenStorageCase(), join(directory, 'case.tar.gz'));
  assert.equal(statSync(join(directory, 'case.tar.gz')).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(directory), ['case.tar.gz']);
});

test('a file that is there stays as it is, unless force is given', async (t) => {
  const directory = temporaryDirectory(t);
  const path = join(directory, 'case.tar.gz');
  writeFileSync(path, 'precious');
  await assert.rejects(writeBundle(frozenStorageCase(), path), (error: UserError) => {
    assert.equal(error.text.en, `${path}: the file exists already`);
    assert.match(error.hint?.en ?? '', /--force/);
    return true;
  });
  assert.equal(readFileSync(path, 'utf8'), 'precious');
  await writeBundle(frozenStorageCase(), path, { force: true });
  assert.deepEqual(await readBundle(path), frozenStorageCase());
  assert.deepEqual(readdirSync(directory), ['case.tar.gz']);
});

test('a folder that is not there is the user’s to make', async (t) => {
  const path = join(temporaryDirectory(t), 'none', 'case.tar.gz');
  await assert.rejects(writeBundle(frozenStorageCase(), path), {
    name: 'UserError',
    message: `${path}: cannot be written: ENOENT`,
  });
});

test('a number that JSON cannot keep is refused rather than turned into null', async () => {
  const caseFile = frozenStorageCase();
  const [source] = caseFile.sources;
  assert.ok(source);
  source.tookMs = Number.NaN;
  await assert.rejects(packBundle(caseFile), /tookMs is NaN/);
});
