import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import { frozenStorageCase } from '../../test/support/case-samples.ts';
import { archive, soundEntries } from '../../test/support/hostile-bundle.ts';
import { runCli } from '../../test/support/run-cli.ts';
import { temporaryDirectory } from '../../test/support/temporary-directory.ts';
import { diagnose } from '../diagnose/diagnose.ts';
import { writeBundle } from '../evidence/bundle/bundle.ts';
import { formatJson } from '../report/json.ts';
import { TOOL } from './version.ts';

async function bundle(t: TestContext): Promise<string> {
  const path = join(temporaryDirectory(t), 'case.tar.gz');
  await writeBundle(frozenStorageCase(), path);
  return path;
}

test('a bundle gives, byte for byte and every time, the JSON of the case file that was saved', async (t) => {
  const path = await bundle(t);
  const runs = [1, 2].map(() => runCli(['diagnose', '--bundle', path, '-o', 'json']));
  const live = formatJson(diagnose(frozenStorageCase()), 'en', TOOL);
  for (const { code, stdout, stderr } of runs) {
    assert.equal(stderr, '');
    assert.equal(stdout, live);
    assert.equal(code, 1);
  }
});

test('what it prints validates against the published JSON Schema', async (t) => {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schema/diagnosis.schema.json'), 'utf8'));
  const validate = new Ajv.default({ formats: { 'date-time': true } }).compile(schema);
  const { stdout } = runCli(['diagnose', '--bundle', await bundle(t), '-o', 'json', '--lang', 'zh']);
  assert.ok(validate(JSON.parse(stdout)), JSON.stringify(validate.errors));
});

test('threads frozen on a filesystem are diagnosed as storage, exit code 1', async (t) => {
  const { code, stdout } = runCli(['diagnose', '--bundle', await bundle(t), '-o', 'json']);
  assert.equal(code, 1);
  assert.equal(JSON.parse(stdout).verdict.cause, 'storage-unresponsive');
});

test('piped output has no escape sequences and fits 80 columns, in either language', async (t) => {
  const path = await bundle(t);
  for (const lang of ['en', 'zh']) {
    const { stdout } = runCli(['diagnose', '--bundle', path, '-v', '--lang', lang]);
    assert.match(stdout, /^✗ node-7/);
    assert.ok(!stdout.includes('\x1b'));
  }
});

test('quiet is one line', async (t) => {
  const { stdout } = runCli(['diagnose', '--bundle', await bundle(t), '--quiet']);
  assert.match(stdout, /^✗ node-7[^\n]+\n$/);
});

test('a bundle may come by a pipe, as from a node: ssh NODE notready collect -o - | notready diagnose --bundle -', async (t) => {
  const program = join(import.meta.dirname, '..', '..', 'bin', 'notready');
  const path = await bundle(t);
  const { status, stdout } = spawnSync(program, ['diagnose', '--bundle', '-', '-o', 'json'], {
    input: readFileSync(path),
    encoding: 'utf8',
  });
  assert.equal(status, 1);
  assert.equal(stdout, runCli(['diagnose', '--bundle', path, '-o', 'json']).stdout);
});

test('a full disk behind the output is said in one line', async (t) => {
  const program = join(import.meta.dirname, '..', '..', 'bin', 'notready');
  const script = '"$1" diagnose --bundle "$2" >/dev/full';
  const { status, stderr } = spawnSync('sh', ['-c', script, 'sh', program, await bundle(t)], { encoding: 'utf8' });
  assert.equal(stderr, 'notready: the output cannot be written: ENOSPC\n');
  assert.equal(status, 2);
});

test('a hostile bundle is refused in one line, exit code 2', async (t) => {
  const path = join(temporaryDirectory(t), 'case.tar.gz');
  writeFileSync(path, await archive([...soundEntries(), { name: '../\x1b[2Jevil' }]));
  const { code, stdout, stderr } = runCli(['diagnose', '--bundle', path]);
  assert.equal(code, 2);
  assert.equal(stdout, '');
  assert.equal(stderr, `notready: ${path}: entry 7: the name "../\\x1b[2Jevil" leads out of the archive\n`);
});

test('what was ignored in a bundle is said on stderr; stdout stays JSON', async (t) => {
  const path = join(temporaryDirectory(t), 'case.tar.gz');
  writeFileSync(path, await archive([...soundEntries(), { name: 'notes.txt', bytes: 'x' }]));
  const { stdout, stderr } = runCli(['diagnose', '--bundle', path, '-o', 'json']);
  assert.equal(stderr, 'notready: ignored "notes.txt", which no bundle has\n');
  assert.equal(JSON.parse(stdout).schemaVersion, 1);
});

test('a reader that goes away early is no error: the exit code stays that of the diagnosis', async (t) => {
  const program = join(import.meta.dirname, '..', '..', 'bin', 'notready');
  const script = `"$1" diagnose --bundle "$2" -v 2>"$3" | true; echo "\${PIPESTATUS[0]}"`;
  const path = await bundle(t);
  const errors = `${path}.stderr`;
  const { stdout } = spawnSync('bash', ['-c', script, 'bash', program, path, errors], { encoding: 'utf8' });
  assert.equal(stdout.trim(), '1');
});
