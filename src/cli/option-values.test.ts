import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { UserError } from '../text/user-error.ts';
import { choiceOption, durationOption, endpointOption } from './option-values.ts';

const budget = durationOption('--budget', { minMs: 500, maxMs: 600_000 });

test('durations are written as 10s, 1m30s or 500ms', () => {
  assert.equal(budget('10s'), 10_000);
  assert.equal(budget('1m30s'), 90_000);
  assert.equal(budget(' 500ms '), 500);
});

test('anything else is an error that shows how to write one', () => {
  for (const wrong of ['', '10', 'ten', '10 s', '10sec', '1m 30s', '-', '10s\x1b']) {
    assert.throws(() => budget(wrong), /not a duration; write 10s, 1m30s or 500ms$/, JSON.stringify(wrong));
  }
  assert.throws(() => budget('11m'), { message: '--budget "11m": must be from 500ms to 10m' });
  assert.throws(() => budget('-10s'), { message: '--budget "-10s": must be from 500ms to 10m' });
});

test('whatever is given, the answer is a number within the bounds or an error for users', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        const ms = budget(text);
        assert.ok(ms >= 500 && ms <= 600_000);
      } catch (error) {
        assert.ok(error instanceof UserError);
      }
    }),
  );
});

test('a word that is no choice names the choices', () => {
  const form = choiceOption('-o', ['terminal', 'json']);
  assert.equal(form('json'), 'json');
  assert.throws(() => form('markdown'), { message: '-o "markdown": must be terminal or json' });
});

test('runtime endpoints add up, as unix sockets only', () => {
  const endpoint = endpointOption('--runtime-endpoint');
  assert.deepEqual(endpoint('unix:///run/docker.sock'), ['unix:///run/docker.sock']);
  assert.deepEqual(endpoint('/run/b.sock', ['unix:///run/a.sock']), ['unix:///run/a.sock', '/run/b.sock']);
  for (const wrong of ['', 'tcp://10.0.0.1:2375', 'docker.sock', 'unix://']) {
    assert.throws(() => endpoint(wrong), UserError, wrong);
  }
});

test('a path that no socket can have is refused, not looked for', () => {
  const endpoint = endpointOption('--runtime-endpoint');
  const longest = `/${'x'.repeat(106)}`;
  assert.deepEqual(endpoint(longest), [longest]);
  assert.throws(() => endpoint(`${longest}x`), /longer than the 107 bytes/);
});
