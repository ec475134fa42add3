import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { columns, fit, pad, wrap } from './wrap.ts';

test('English breaks at spaces', () => {
  assert.deepEqual(wrap('a thread waits in openat', 12), ['a thread', 'waits in', 'openat']);
});

test('Chinese breaks between characters, but no line starts with closing punctuation', () => {
  assert.deepEqual(wrap('文件系统已冻结，线程无法退出。', 14), ['文件系统已冻', '结，线程无法退', '出。']);
  assert.deepEqual(wrap('（挂载于 /srv）已冻结', 10), ['（挂载于', '/srv）已冻', '结']);
});

test('a word longer than the line is cut', () => {
  assert.deepEqual(wrap('id 8ca961fa0d0b4e2f', 8), ['id', '8ca961fa', '0d0b4e2f']);
});

test('a path longer than the line is cut after a slash', () => {
  assert.deepEqual(wrap('unix:///tmp/rt/docker/docker.sock', 25), ['unix:///tmp/rt/docker/', 'docker.sock']);
});

test('an empty text is one empty line', () => {
  assert.deepEqual(wrap('', 10), ['']);
});

test('nothing but spaces is lost, and no line is too wide', () => {
  const text = fc.array(fc.constantFrom('a', 'thread', '线程', '，', ' ', '/srv/data', '（', '）', '😀', 'é'), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(text, fc.integer({ min: 4, max: 40 }), (parts, width) => {
      const whole = parts.join('');
      const lines = wrap(whole, width);
      assert.equal(lines.join('').replaceAll(' ', ''), whole.replaceAll(' ', ''));
      for (const line of lines) assert.ok(columns(line) <= width, `"${line}" at ${width}`);
    }),
  );
});

test('fit cuts to the width and shows that it did', () => {
  assert.equal(fit('dockerd answered', 20), 'dockerd answered');
  assert.equal(fit('dockerd answered', 9), 'dockerd…');
  assert.equal(fit('文件系统无响应', 9), '文件系统…');
});

test('pad fills up to columns, not characters', () => {
  assert.equal(columns(pad('已排除', 12)), 12);
  assert.equal(pad('longer than that', 4), 'longer than that');
});
