import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { shellCommand, shellWord } from './shell.ts';

test('plain words stay as they are', () => {
  assert.equal(shellWord('unix:///run/docker.sock'), 'unix:///run/docker.sock');
  assert.equal(shellCommand('fsfreeze', '-u', '/srv/data'), 'fsfreeze -u /srv/data');
  assert.equal(shellCommand('kill', '-CONT', 3000), 'kill -CONT 3000');
});

test('a mount point that is a command is only a word', () => {
  assert.equal(shellWord("/m'; reboot; '"), `'/m'\\''; reboot; '\\'''`);
});

test('a shell reads every word back as it was', () => {
  const told = ['', 'a b', "it's", '$(reboot)', '`reboot`', ';reboot', '"', '\\', 'a\nb', '*', '~'];
  const random = fc.sample(
    fc.string().filter((s) => !s.includes('\0')),
    { numRuns: 200, seed: 7 },
  );
  const words = [...told, ...random];
  const out = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`], { encoding: 'utf8' });
  assert.deepEqual(out.split('\0').slice(0, -1), words);
});
