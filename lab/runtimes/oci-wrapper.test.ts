import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { writeOciWrapper } from './oci-wrapper.ts';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'oci-wrapper-'));
  mkdirSync(join(folder, 'bundle'));
  writeFileSync(join(folder, 'runc'), '#!/bin/sh\nprintf "%s|" "$@"\n', { mode: 0o755 });
});
after(() => rmSync(folder, { recursive: true }));

function call(args: readonly string[], oomScoreAdj: string): { said: string; config: string } {
  const config = join(folder, 'bundle', 'config.json');
  writeFileSync(config, `{"process":{"oomScoreAdj":${oomScoreAdj},"args":["-x"]}}`);
  const env = { PATH: `${folder}:/usr/bin:/bin` };
  const ran = spawnSync(writeOciWrapper(folder), args, { encoding: 'utf8', env });
  return { said: ran.stdout, config: readFileSync(config, 'utf8') };
}

test('create drops a negative oomScoreAdj and hands all arguments on', () => {
  const args = ['--root', '/run/x', 'create', '--bundle', join(folder, 'bundle'), 'id'];
  const { said, config } = call(args, '-998');
  assert.equal(said, `${args.join('|')}|`);
  assert.equal(config, '{"process":{"oomScoreAdj":0,"args":["-x"]}}');
});

test('a positive one stays, and other commands change nothing', () => {
  assert.match(call(['create', '--bundle', join(folder, 'bundle'), 'id'], '1000').config, /:1000/);
  assert.match(call(['start', '--bundle', join(folder, 'bundle'), 'id'], '-998').config, /:-998/);
});
