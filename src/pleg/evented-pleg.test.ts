import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Channel } from './channel.ts';
import { eraOf } from './eras.ts';
import { type ContainerEvent, EventedPleg, type EventSource } from './evented-pleg.ts';
import { GenericPleg } from './generic-pleg.ts';
import { podStatus } from './inspect-pod.ts';
import { PodCache } from './pod-cache.ts';
import type { PodEvent } from './pod-event.ts';
import type { Answer } from './runtime.ts';
import { start, type Task } from './task.ts';
import { VirtualClock } from './virtual-clock.ts';
import { runningPod, VirtualRuntime } from './virtual-runtime.ts';

const POD = { uid: 'a', name: 'a', namespace: 'default' };
const STATUS = podStatus(POD, [{ id: 'a-sandbox', ready: true, ips: ['10.0.0.1'] }], []);
const BROKEN: Answer<null> = { outcome: 'error', code: 'UNAVAILABLE', message: 'closed' };

/** A stream that can be fed and broken. */
class VirtualSource implements EventSource {
  opened = 0;
  isThere = true;
  #onEvent: (event: ContainerEvent) => void = () => undefined;
  #end: (answer: Answer<null>) => void = () => undefined;

  watch(onEvent: (event: ContainerEvent) => void) {
    this.opened += 1;
    this.#onEvent = onEvent;
    return {
      whenSettled: (act: (answer: Answer<null>) => void) => {
        this.#end = act;
        if (!this.isThere) act(BROKEN);
      },
    };
  }

  feed(event: Partial<ContainerEvent>): void {
    this.#onEvent({ type: 'started', containerId: 'a-main', createdAt: 0, pod: STATUS, ...event });
  }

  break(): void {
    this.#end(BROKEN);
  }
}

function evented(capacity = 1000) {
  const clock = new VirtualClock();
  const runtime = new VirtualRuntime(clock);
  const source = new VirtualSource();
  const era = eraOf(28);
  const cache = new PodCache(clock, { refusesOlder: true });
  const channel = new Channel<PodEvent>(clock, capacity);
  const relists: number[] = [];
  const onRelist = (record: { startedAt: number }) => relists.push(record.startedAt);
  const generic = new GenericPleg({ clock, runtime, era, requestTimeoutMs: 1000, cache, events: channel, onRelist });
  const pleg = new EventedPleg({ clock, source, generic, genericPace: era.relist, cache, events: channel });
  const events: string[] = [];
  const take = () =>
    start(
      clock,
      (function* (): Task<void> {
        for (;;) {
          const event = yield* channel.receiveWithin(60_000);
          if (event !== null) events.push(`${event.type} ${event.containerId} at ${clock.now()}`);
        }
      })(),
    );
  return { clock, runtime, source, cache, generic, pleg, relists, events, take };
}

test('events come as the runtime tells them, and a relist only every 5 minutes', () => {
  const { clock, source, pleg, relists, events, take } = evented();
  take();
  pleg.start();
  clock.run(1000);
  source.feed({ type: 'created', createdAt: 1000 });
  source.feed({ type: 'started', createdAt: 1000 });
  clock.run(500);
  source.feed({ type: 'stopped', createdAt: 1500 });
  source.feed({ type: 'deleted', createdAt: 1500 });
  clock.run(600_000);
  assert.deepEqual(events, [
    'ContainerStarted a-main at 1000',
    'ContainerDied a-main at 1500',
    'ContainerDied a-main at 1500',
    'ContainerRemoved a-main at 1500',
  ]);
  assert.deepEqual(relists, [0, 300_000, 600_000]);
});

test('an event that is older than what is known changes nothing; one without its pod is passed over', () => {
  const { clock, source, pleg, cache, events, take } = evented();
  take();
  pleg.start();
  clock.run(1000);
  source.feed({ createdAt: 1000 });
  source.feed({ type: 'stopped', createdAt: 900 });
  source.feed({ type: 'stopped', createdAt: 1100, pod: null });
  clock.run(1);
  assert.deepEqual(events, ['ContainerStarted a-main at 1000']);
  assert.equal(cache.get('a').modifiedAt, 1000);
});

test('a deleted sandbox takes its pod out of the cache', () => {
  const { clock, source, pleg, cache } = evented();
  pleg.start();
  clock.run(1000);
  source.feed({ createdAt: 1000 });
  source.feed({ type: 'deleted', containerId: 'a-sandbox', createdAt: 1001 });
  assert.equal(cache.size, 0);
});

test('each stream that breaks costs a relist; after five it relists every second as ever', () => {
  const { clock, runtime, source, pleg, relists, events, take } = evented();
  take();
  pleg.start();
  for (let i = 0; i < 4; i++) {
    clock.run(10_000);
    source.break();
  }
  clock.run(1);
  assert.deepEqual([pleg.isInUse, source.opened, relists.length], [true, 5, 5]);
  clock.run(9999);
  source.break();
  clock.run(1);
  assert.deepEqual([pleg.isInUse, source.opened], [false, 5]);
  const before = relists.length;
  runtime.put(runningPod('b'));
  clock.run(10_000);
  assert.equal(relists.length, before + 10);
  assert.equal(events.length, 2);
});

test('a runtime without the stream: five tries at once, then relisting', () => {
  const { clock, source, pleg, relists } = evented();
  source.isThere = false;
  pleg.start();
  clock.run(10_000);
  assert.deepEqual([pleg.isInUse, source.opened], [false, 5]);
  assert.ok(relists.length >= 15);
});

test('it is unhealthy only where the channel is full, however old the last relist is', () => {
  const { clock, source, pleg, generic } = evented(2);
  pleg.start();
  clock.run(200_000);
  assert.deepEqual([pleg.problem(), generic.problem()], [null, null]);
  source.feed({ createdAt: 200_000 });
  source.feed({ createdAt: 200_000 });
  assert.equal(pleg.problem(), 'EventedPLEG: pleg event channel capacity is full with 2 events');
});
