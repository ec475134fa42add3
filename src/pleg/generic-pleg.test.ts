import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Channel } from './channel.ts';
import { CURRENT_ERA, eraOf } from './eras.ts';
import { GenericPleg } from './generic-pleg.ts';
import { PodCache } from './pod-cache.ts';
import type { PodEvent } from './pod-event.ts';
import type { RelistRecord } from './relist-record.ts';
import type { CallFailure } from './runtime.ts';
import { start, type Task } from './task.ts';
import { VirtualClock } from './virtual-clock.ts';
import { type Behaviour, runningPod, VirtualRuntime } from './virtual-runtime.ts';

const REFUSED: CallFailure = { outcome: 'error', code: 'UNKNOWN', message: 'no' };

/** A generator over a virtual runtime, of which single calls can be told to hang or to be refused. */
function generator(minor = 20) {
  const clock = new VirtualClock();
  const told = new Map<string, Behaviour>();
  const runtime = new VirtualRuntime(clock, (call, id) => told.get(id ?? call) ?? 0);
  const cache = new PodCache(clock);
  const channel = new Channel<PodEvent>(clock, 1000);
  const records: RelistRecord[] = [];
  const events: string[] = [];
  start(
    clock,
    (function* (): Task<void> {
      for (;;) {
        const event = yield* channel.receiveWithin(60_000);
        if (event !== null) events.push(`${event.type} ${event.containerId}`);
      }
    })(),
  );
  const pleg = new GenericPleg({
    clock,
    runtime,
    era: eraOf(minor),
    requestTimeoutMs: 120_000,
    cache,
    events: channel,
    onRelist: (record) => records.push(record),
  });
  return { clock, runtime, told, cache, events, records, pleg };
}

test('a container that ended while its inspection fails is told of once it succeeds', () => {
  for (const minor of [20, CURRENT_ERA.since]) {
    const { clock, runtime, told, events, pleg } = generator(minor);
    runtime.put(runningPod('a'));
    pleg.start();
    clock.run(2500);
    events.length = 0;
    told.set('a-main', REFUSED);
    runtime.change('a-main', 'exited');
    clock.run(5000);
    assert.deepEqual(events, [], `1.${minor}`);
    told.delete('a-main');
    clock.run(1000);
    assert.deepEqual(events, ['ContainerDied a-main'], `1.${minor}`);
  }
});

test('a pod whose inspection failed is asked for twice in each later relist up to 1.32, once since', () => {
  for (const [minor, inspections] of [
    [20, [1, 2, 2]],
    [28, [1, 2, 2]],
    [33, [1, 1, 1]],
  ] as const) {
    const { clock, runtime, told, records, pleg } = generator(minor);
    told.set('a-main', REFUSED);
    runtime.put(runningPod('a'));
    pleg.start();
    clock.run(2500);
    assert.deepEqual(
      records.map((r) => r.inspected.pods),
      inspections,
      `1.${minor}`,
    );
  }
});

test('a hung container that does not change is never asked for: the relist passes it by', () => {
  const { clock, runtime, told, records, pleg } = generator();
  runtime.put(runningPod('a'));
  pleg.start();
  clock.run(1500);
  told.set('a-main', 'hang');
  clock.run(60_000);
  assert.ok(records.every((r) => r.tookMs === 0));
});

test('one sandbox that hangs costs its pod one call: the first failure ends the inspection', () => {
  const { clock, runtime, told, records, pleg } = generator(33);
  told.set('a-sandbox', 'hang');
  told.set('a-main', 'hang');
  runtime.put(runningPod('a'));
  pleg.start();
  clock.run(120_000);
  const [first] = records;
  assert.equal(first?.tookMs, 120_000);
  assert.equal(first?.slowest?.containerId, 'a-sandbox');
  assert.deepEqual(first?.inspected, { pods: 1, calls: 2 });
});

test('a list that is refused moves no stamp since 1.7; before, it counted', () => {
  for (const [minor, counts] of [
    [6, true],
    [7, false],
  ] as const) {
    const { clock, told, records, pleg } = generator(minor);
    told.set('list', REFUSED);
    pleg.start();
    clock.run(10_500);
    assert.equal(pleg.relistAt, counts ? 10_000 : null);
    assert.equal(records.at(-1)?.list.failure?.code, 'UNKNOWN');
  }
});

test('a pod that vanished before an inspection succeeded leaves an entry behind up to 1.32, none since', () => {
  for (const [minor, cached] of [
    [20, 1],
    [33, 0],
  ] as const) {
    const { clock, runtime, told, cache, events, pleg } = generator(minor);
    told.set('a-main', REFUSED);
    runtime.put(runningPod('a'));
    pleg.start();
    clock.run(1500);
    runtime.take('a');
    clock.run(5000);
    assert.deepEqual([cache.size, events], [cached, []], `1.${minor}`);
  }
});

test('what each version says before the first relist, and after the threshold', () => {
  assert.equal(
    generator(12).pleg.problem(),
    'pleg was last seen active 2562047h47m16.854775807s ago; threshold is 3m0s',
  );
  assert.equal(generator(13).pleg.problem(), 'pleg has yet to be successful');
  const { clock, told, pleg } = generator();
  pleg.start();
  clock.run(500);
  told.set('list', 'hang');
  clock.run(179_500);
  assert.equal(pleg.problem(), null);
  clock.run(5326);
  assert.equal(pleg.problem(), 'pleg was last seen active 3m5.326s ago; threshold is 3m0s');
});

test('a relist that is asked for waits for the one at work', () => {
  const { clock, runtime, told, records, pleg } = generator();
  told.set('a-main', 500);
  runtime.put(runningPod('a'));
  pleg.start();
  clock.run(100);
  start(clock, pleg.relist());
  clock.run(1000);
  assert.deepEqual(
    records.map((r) => [r.startedAt, r.tookMs]),
    [
      [0, 500],
      [500, 0],
    ],
  );
});
