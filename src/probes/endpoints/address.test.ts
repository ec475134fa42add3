import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseEndpointAddress } from './address.ts';

test('a unix URL and a bare path name the same socket', () => {
  for (const text of [
    'unix:///run/docker.sock',
    '/run/docker.sock',
    ' unix:/run/docker.sock\n',
    'unix:////run//docker.sock',
  ]) {
    assert.deepEqual(parseEndpointAddress(text), { ok: true, path: '/run/docker.sock' }, text);
  }
});

test('what is no socket of this host is refused, with the reason', () => {
  const why = (text: string) => {
    const address = parseEndpointAddress(text);
    return address.ok ? address.path : address.why;
  };
  assert.equal(why(''), 'empty');
  assert.equal(why('tcp://10.0.0.1:2375'), 'not-unix');
  assert.equal(why('npipe:////./pipe/docker_engine'), 'not-unix');
  assert.equal(why('run/docker.sock'), 'not-absolute');
  assert.equal(why('unix://run/docker.sock'), 'not-absolute');
  assert.equal(why('/run/a\0b'), 'not-absolute');
});

test('whatever is typed, a path that comes out is absolute', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const address = parseEndpointAddress(`unix:${text}`);
      assert.ok(!address.ok || address.path.startsWith('/'));
    }),
  );
});
