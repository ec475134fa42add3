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
    late: 0,
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

test('what changed while the kubelet stood still it tells in part, and in order; another order is a difference', () => {
  const ours = [told(100_000, 'a', 'ContainerStarted'), told(110_000, 'a', 'ContainerDied')];
  const stall = { from: 90_000, to: 300_000 };
  const inPart = compareEvents([told(300_500, 'a', 'ContainerDied')], ours, stall);
  assert.deepEqual([inPart.late, inPart.differing.length], [1, 0]);
  const turned = compareEvents(
    [told(300_500, 'a', 'ContainerDied'), told(305_000, 'a', 'ContainerStarted')],
    ours,
    stall,
  );
  assert.deepEqual([turned.late, turned.differing.length], [0, 1]);
});
