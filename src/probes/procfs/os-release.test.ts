import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseOsRelease } from './os-release.ts';

test('the pretty name is what a person calls the system', () => {
  assert.equal(
    parseOsRelease('PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nID=debian\n'),
    'Debian GNU/Linux 12 (bookworm)',
  );
});

test('name and version stand in where there is none', () => {
  assert.equal(parseOsRelease("NAME='Talos'\nVERSION_ID=v1.8\n"), 'Talos v1.8');
  assert.equal(parseOsRelease('# nothing\n'), null);
});

test('takes any text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const name = parseOsRelease(text);
      return name === null || name.length > 0;
    }),
  );
});
