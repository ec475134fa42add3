import assert from 'node:assert/strict';
import { test } from 'node:test';
import { podStatus } from './inspect-pod.ts';
import { type CachedStatus, PodCache } from './pod-cache.ts';
import { start, type Task } from './task.ts';
import { VirtualClock } from './virtual-clock.ts';

const STATUS = podStatus({ uid: 'u', name: 'p', namespace: 'n' }, [], []);

/** Reads `u` newer than `time`; the answers land in the array it returns. */
function read(clock: VirtualClock, cache: PodCache, time: number): CachedStatus[] {
  const got: CachedStatus[] = [];
  start(
    clock,
    (function* (): Task<void> {
      got.push(yield* cache.getNewerThan('u', time));
    })(),
  );
  clock.run(0);
  return got;
}

test('a reader waits until the pod was inspected after the time it names', () => {
  const clock = new VirtualClock();
  const cache = new PodCache(clock);
  cache.set('u', STATUS, null, 10);
  const got = read(clock, cache, 10);
  assert.equal(got.length, 0);
  cache.set('u', STATUS, null, 11);
  clock.run(0);
  assert.equal(got[0]?.modifiedAt, 11);
});

test('or until a relist was through: then what is held is good, and what is not held is not there', () => {
  const clock = new VirtualClock();
  const cache = new PodCache(clock);
  const got = read(clock, cache, 10);
  cache.updateTime(9);
  clock.run(0);
  assert.equal(got.length, 0);
  cache.updateTime(12);
  clock.run(0);
  assert.deepEqual(got, [{ status: null, failure: null, modifiedAt: null }]);
});

test('a failed inspection is an answer, too', () => {
  const clock = new VirtualClock();
  const cache = new PodCache(clock);
  const got = read(clock, cache, 0);
  cache.set('u', null, { outcome: 'timeout', code: 'DEADLINE_EXCEEDED', message: '' }, 5);
  clock.run(0);
  assert.equal(got[0]?.failure?.outcome, 'timeout');
});

test('where two write, an older status does not replace a newer one', () => {
  const cache = new PodCache(new VirtualClock(), { refusesOlder: true });
  assert.equal(cache.set('u', STATUS, null, 10), true);
  assert.equal(cache.set('u', null, null, 9), false);
  assert.equal(cache.get('u').modifiedAt, 10);
});
