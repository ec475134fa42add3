import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { frozenStorageCase } from '../../test/support/case-samples.ts';
import { runCli } from '../../test/support/run-cli.ts';
import { temporaryDirectory } from '../../test/support/temporary-directory.ts';
import { writeBundle } from '../evidence/bundle/bundle.ts';

const INCIDENT = join(import.meta.dirname, '..', '..', 'recordings', 'cluster', 'incident');
const NOT_READY = join(INCIDENT, 'not-ready-2.tar.gz');
const AFTER = join(INCIDENT, 'after.tar.gz');

async function bundle(t: TestContext): Promise<string> {
  const path = join(temporaryDirectory(t), 'case.tar.gz');
  await writeBundle(frozenStorageCase(), path);
  return path;
}

test('a bundle of the incident gives one page with its timeline, chain, evidence, differential, deeds and prevention', () => {
  const { code, stdout, stderr } = runCli(['report', NOT_READY]);
  assert.equal(stderr, '');
  assert.equal(code, 0);
  for (const title of ['Timeline', 'Why', 'Evidence', 'Candidates', 'What was done', 'What prevents it']) {
    assert.match(stdout, new RegExp(`<h2>${title}</h2>`));
  }
  assert.match(stdout, /<svg [^>]*class="timeline"/);
  assert.doesNotMatch(stdout, /<(?:script|link|img|iframe)|\b(?:src|href)=|@import|url\(/i);
});

test('in Chinese and as Markdown, by the name of the file that it is written to', (t) => {
  const file = join(temporaryDirectory(t), 'report.md');
  const { code, stdout } = runCli(['report', NOT_READY, '--lang', 'zh', '--output', file]);
  assert.deepEqual([code, stdout], [0, '']);
  const text = readFileSync(file, 'utf8');
  assert.match(text, /^# 节点 lab-node 的诊断报告\n/);
  assert.match(text, /\n## 时间线\n\n```text\n2026-11-25 00:18:31 至 00:28:03/);
});

test('two bundles of the incident say what changed: verdict, Ready, hung containers, symptoms', () => {
  const { code, stdout } = runCli(['report', NOT_READY, AFTER, '-o', 'markdown']);
  assert.equal(code, 0);
  assert.match(stdout, /> \*\*✓ What was wrong before is gone\*\*/);
  assert.match(stdout, /\| \*\*Ready\*\* \| False \(KubeletNotReady\) \| \*\*True \(KubeletReady\)\*\* \|/);
  assert.match(stdout, /\| \*\*Containers that hang\*\* \| default\/three\/hung \(9ded3660b696\) \| \*\*none\*\* \|/);
  assert.match(stdout, /### Gone\n\n- The status of 1 container does not come/);
});

test('two bundles in the wrong order are refused in one line, exit code 2', () => {
  const { code, stdout, stderr } = runCli(['report', AFTER, NOT_READY]);
  assert.deepEqual([code, stdout], [2, '']);
  assert.match(stderr, /^notready: the second bundle was taken before the first[^\n]*\n[^\n]*\n?$/);
});

test('what is no bundle is refused in one line, exit code 2; so is a file that is there', async (t) => {
  const folder = temporaryDirectory(t);
  const other = join(folder, 'notes.txt');
  writeFileSync(other, 'no bundle');
  const refused = runCli(['report', other]);
  assert.deepEqual([refused.code, refused.stdout], [2, '']);
  assert.match(refused.stderr, /^notready: .*notes\.txt/);
  const there = runCli(['report', await bundle(t), '--output', other]);
  assert.equal(there.code, 2);
  assert.equal(readFileSync(other, 'utf8'), 'no bundle');
  assert.equal(runCli(['report', await bundle(t), '--output', other, '--force']).code, 0);
  assert.match(readFileSync(other, 'utf8'), /^<!doctype html>/);
});

test('an unknown form is refused with those there are, and help has examples', () => {
  const { code, stderr } = runCli(['report', NOT_READY, '-o', 'pdf']);
  assert.equal(code, 2);
  assert.match(stderr, /html.*markdown/s);
  assert.match(runCli(['report', '--help']).stdout, /report before\.tar\.gz after\.tar\.gz/);
});
