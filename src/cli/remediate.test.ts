import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RECORDINGS } from '../../lab/recordings.ts';
import { runCli } from '../../test/support/run-cli.ts';
import { temporaryDirectory } from '../../test/support/temporary-directory.ts';
import type { PlanJson } from '../report/plan/schema.ts';

const bundle = (name: string): string => join(RECORDINGS, `${name}.tar.gz`);

test('remediate --bundle prints the plan and exits with 1: nothing was done', () => {
  const { code, stdout } = runCli(['remediate', '--bundle', bundle('frozen-filesystem')]);
  assert.equal(code, 1);
  assert.match(stdout, /1\. Thaw the filesystem at \/lab\/disk1/);
  assert.match(stdout, /Do not try/);
});

test('remediate of a healthy node has nothing to do and exits with 0', () => {
  const { code, stdout } = runCli(['remediate', '--bundle', bundle('healthy'), '--lang', 'zh']);
  assert.equal(code, 0);
  assert.match(stdout, /无需操作/);
});

test('--forbid and --skip leave steps out', () => {
  const args = ['remediate', '--bundle', bundle('frozen-filesystem'), '-o', 'json'];
  const json = JSON.parse(runCli([...args, '--forbid', 'thaw-filesystem', '--skip', 'reboot-2']).stdout) as PlanJson;
  assert.deepEqual(
    json.steps.map((s) => s.id),
    ['reboot'],
  );
});

test('a policy shows in the plan what it would allow', (t) => {
  const file = join(temporaryDirectory(t), 'policy.yaml');
  writeFileSync(file, 'version: 1\nallow: [thaw-filesystem]\n');
  const args = ['remediate', '--bundle', bundle('frozen-filesystem'), '-o', 'json', '--policy', file];
  const json = JSON.parse(runCli(args).stdout) as PlanJson;
  assert.deepEqual(
    json.steps.map((s) => s.id),
    ['thaw-filesystem'],
  );
});

test('what is wrong is said in one line with what to do, and exits with 2', (t) => {
  const folder = temporaryDirectory(t);
  const policy = join(folder, 'policy.yaml');
  writeFileSync(policy, 'version: 1\nallow: [reboots]\n');
  const journal = join(folder, 'remedy.jsonl');
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['--apply'], /no terminal[\s\S]*--yes --policy FILE/],
    [['--undo'], /no terminal/],
    [['--yes'], /needs a policy/],
    [['--yes', '--policy', policy], /policy\.yaml:2:9: allow\.0/],
    [['--yes', '--policy', join(folder, 'none.yaml')], /policy cannot be read: .*ENOENT/],
    [['--forbid', 'thaw'], /--forbid "thaw": must be /],
    [['--apply', '--yes'], /--apply/],
    [['--bundle', bundle('healthy'), '--apply'], /--bundle|--apply/],
    [['no-such-node.example'], /cannot be reached/],
  ];
  for (const [args, said] of cases) {
    const { code, stderr, stdout } = runCli(['remediate', ...args, '--journal', journal], { HOME: folder });
    assert.equal(code, 2, `${args.join(' ')}: ${stderr}`);
    assert.match(stderr, said);
    assert.equal(stdout, '');
  }
  assert.ok(!existsSync(journal));
});
