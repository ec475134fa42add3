import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { runCli } from '../../test/support/run-cli.ts';
import { temporaryDirectory } from '../../test/support/temporary-directory.ts';

const LINE =
  'E0413 10:53:52.844381 3263 kubelet.go:2874] "Container runtime network not ready" networkReady="NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized"\n';

test('--logs takes any mix of texts, packed ones too, and diagnoses them', (t) => {
  const folder = temporaryDirectory(t);
  const [log, packed] = [join(folder, 'kubelet.log'), join(folder, 'old.log.gz')];
  writeFileSync(log, LINE);
  writeFileSync(packed, gzipSync(LINE));
  const { code, stdout, stderr } = runCli(['diagnose', '-o', 'json', '--logs', log, packed]);
  assert.equal(code, 1, stderr);
  assert.equal(JSON.parse(stdout).verdict.cause, 'cni-not-ready');
});

test('what is unknown is named in one line each, and ends the program only where nothing else was given', (t) => {
  const folder = temporaryDirectory(t);
  const [log, odd, absent] = [join(folder, 'a.log'), join(folder, 'odd.txt'), join(folder, 'none')];
  writeFileSync(log, LINE);
  writeFileSync(odd, 'buy milk\n');
  const mixed = runCli(['diagnose', '-q', '--logs', odd, log, absent]);
  assert.equal(mixed.code, 1);
  assert.equal(mixed.stderr, `notready: ${odd}:1: nothing in it was recognised\nnotready: ${absent}: no such file\n`);
  const alone = runCli(['diagnose', '--logs', odd]);
  assert.equal(alone.code, 2);
  assert.match(alone.stderr, /^notready: \S+odd\.txt:1: nothing in it was recognised\n {2}known are logs/);
});

test('an empty folder, a binary and an empty file are no texts', (t) => {
  const folder = temporaryDirectory(t);
  const [inner, binary, empty] = [join(folder, 'd'), join(folder, 'b'), join(folder, 'e')];
  mkdirSync(inner);
  writeFileSync(binary, Buffer.from([1, 0, 2, 0]));
  writeFileSync(empty, '');
  for (const [path, says] of [
    [inner, 'no file in it'],
    [binary, 'not a text'],
    [empty, 'the file is empty'],
  ] as const) {
    const { code, stderr } = runCli(['diagnose', '--logs', path]);
    assert.equal(code, 2, path);
    assert.ok(stderr.includes(says), stderr);
  }
});

test('--logs and what looks at a host exclude each other', () => {
  assert.equal(runCli(['diagnose', '--logs', 'x', '--bundle', 'y']).code, 2);
});
