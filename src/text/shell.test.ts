import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { shellWord } from './shell.ts';

test('plain words stay as they are', () => {
  assert.equal(shellWord('unix:///run/docker.sock'), 'unix:///run/docker.sock');
});

test('a shell reads every word back as it was', () => {
  const words = ['', 'a b', "it's", '$(reboot)', '`reboot`', ';reboot', '"', '\\', 'a\nb', '*', '~'];
  for (const word of words) {
    const { stdout } = spawnSync('/bin/sh', ['-c', `printf %s ${shellWord(word)}`], { encoding: 'utf8' });
    assert.equal(stdout, word);
  }
});
