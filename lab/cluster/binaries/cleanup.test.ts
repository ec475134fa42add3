import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleaningUp } from './cleanup.ts';

test('what was noted is undone in reverse, at the end and on an error; no handler of signals stays', async () => {
  const before = process.listenerCount('SIGINT');
  const done: string[] = [];
  await cleaningUp((later) => {
    later(() => done.push('first'));
    later(() => done.push('second'));
    assert.equal(process.listenerCount('SIGINT'), before + 1);
    return Promise.resolve(done.push('work'));
  });
  assert.deepEqual(done, ['work', 'second', 'first']);
  const failing = cleaningUp((later) => {
    later(() => done.push('third'));
    return Promise.reject(new Error('as planned'));
  });
  await assert.rejects(failing, /as planned/);
  assert.equal(done.at(-1), 'third');
  assert.equal(process.listenerCount('SIGINT'), before);
});
