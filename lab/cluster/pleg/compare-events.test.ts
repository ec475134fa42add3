import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareEvents } from './compare-events.ts';
import type { ToldEvent } from './told-event.ts';

const told = (at: number, containerId: string, type: string, podUid = 'u'): ToldEvent => ({
  at,
  podUid,
  containerId,
  type,
});

test('the same events in the same order are equal, however far apart in time', () => {
  const kubelet = [told(0, 'a', 'ContainerStarted'), told(9000, 'a', 'ContainerDied')];
  const ours = kubelet.map((e) => ({ ...e, at: e.at + 700 }));
  assert.deepEqual(compareEvents(kubelet, ours), {
    equal: 1,
    sampled: 0,
    differing: [],
    inverted: 0,
    farthestMs: 700,
  });
});

test('a container that lived for a moment may have been seen by one only', () => {
  const kubelet = [told(0, 'a', 'ContainerStarted'), told(1000, 'a', 'ContainerDied')];
  const ours = [told(900, 'a', 'ContainerDied')];
  const { sampled, differing } = compareEvents(kubelet, ours);
  assert.deepEqual([sampled, differing.length], [1, 0]);
});

test('an event that one lacks is a difference', () => {
  const kubelet = [told(0, 'a', 'ContainerStarted'), told(9000, 'a', 'ContainerDied')];
  const { differing } = compareEvents(kubelet, [told(500, 'a', 'ContainerStarted')]);
  assert.deepEqual(differing, [
    { containerId: 'a', kubelet: ['ContainerStarted', 'ContainerDied'], ours: ['ContainerStarted'] },
  ]);
});

test('events of one pod that came in another order are counted', () => {
  const kubelet = [told(0, 'a', 'ContainerDied'), told(5000, 'b', 'ContainerStarted')];
  const ours = [told(4000, 'b', 'ContainerStarted'), told(6000, 'a', 'ContainerDied')];
  assert.equal(compareEvents(kubelet, ours).inverted, 1);
});
