import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CallEachOptions, callEach } from './call-each.ts';

const options: CallEachOptions = { atOnce: 2, patienceMs: 10, slowAtOnce: 100, stop: () => false };
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

test('every item is called once, in order, no more than so many at once', async () => {
  const called: number[] = [];
  let now = 0;
  let most = 0;
  const left = await callEach([1, 2, 3, 4, 5], { ...options, patienceMs: 60_000 }, async (n) => {
    called.push(n);
    now += 1;
    most = Math.max(most, now);
    await tick();
    now -= 1;
  });
  assert.deepEqual([called, left, most], [[1, 2, 3, 4, 5], [], 2]);
});

test('calls that hang do not keep the others from being made', async () => {
  const { promise: hung, resolve: release } = Promise.withResolvers<void>();
  const items = Array.from({ length: 20 }, (_, i) => i);
  // the first ten hang, until the last has been called
  await callEach(items, options, async (n) => {
    if (n === 19) release();
    if (n < 10) await hung;
  });
});

test('with all room for slow calls taken, a slow call keeps its place', async () => {
  let running = 0;
  let most = 0;
  await callEach([1, 2, 3, 4, 5, 6], { ...options, slowAtOnce: 1, patienceMs: 1 }, async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 20));
    running -= 1;
  });
  assert.equal(most, 3);
});

test('told to stop, it returns what it has not called, after what runs', async () => {
  let started = 0;
  let ended = 0;
  const left = await callEach([1, 2, 3, 4], { ...options, stop: () => started >= 2 }, async () => {
    started += 1;
    await tick();
    ended += 1;
  });
  assert.deepEqual([left, ended], [[3, 4], 2]);
});
