import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PodCache } from '../pod-cache.ts';
import type { RelistRecord } from '../relist-record.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { type Behaviour, runningPod, VirtualRuntime } from '../virtual-runtime.ts';
import { HangProofPleg } from './hang-proof-pleg.ts';
import type { HangProofLimits } from './limits.ts';

function generator(limits: Partial<HangProofLimits> = {}) {
  const clock = new VirtualClock();
  const told = new Map<string, Behaviour>();
  const calls: string[] = [];
  const runtime = new VirtualRuntime(clock, (call, id) => {
    if (id !== null) calls.push(`${id} at ${clock.now()}`);
    return told.get(id ?? call) ?? 2;
  });
  const events: string[] = [];
  const records: RelistRecord[] = [];
  const cache = new PodCache(clock);
  const pleg = new HangProofPleg({
    clock,
    runtime,
    cache,
    limits,
    onEvent: (event, at) => events.push(`${event.type} ${event.containerId} at ${at}`),
    onRelist: (record) => records.push(record),
  });
  return { clock, runtime, told, calls, events, records, cache, pleg };
}

test('the hung container is named with what it keeps back, while all else goes on', () => {
  const { clock, runtime, told, events, records, pleg } = generator();
  runtime.put(runningPod('a'));
  runtime.put(runningPod('b'));
  pleg.start();
  clock.run(1500);
  events.length = 0;
  told.set('a-main', 'hang');
  runtime.change('a-main', 'exited');
  clock.run(5000);
  const [hung] = pleg.hung();
  assert.deepEqual([hung?.id, hung?.pod.name, hung?.from, hung?.to], ['a-main', 'a', 'running', 'exited']);
  assert.equal(events.length, 0);

  // Its own sandbox, and the other pod, are told of as ever; no relist takes longer than its patience.
  runtime.change('a-sandbox', 'exited');
  runtime.change('b-main', 'exited');
  clock.run(1500);
  assert.deepEqual(
    events.map((e) => e.split(' at ')[0]),
    ['ContainerDied a-sandbox', 'ContainerDied b-main'],
  );
  assert.ok(records.every((r) => r.tookMs <= 502));
  assert.deepEqual(records.at(-1)?.waiting[0]?.containerId, 'a-main');
  assert.equal(pleg.problem(), null);

  // Once it answers, its event comes.
  told.delete('a-main');
  clock.run(130_000);
  assert.match(events.at(-1) ?? '', /^ContainerDied a-main/);
  assert.deepEqual(pleg.hung(), []);
});

test('a change in a pod asks for all its containers, as the kubelet does: what it would hang at is named', () => {
  const { clock, runtime, told, events, pleg } = generator({ sweepMs: null });
  runtime.put(runningPod('a'));
  pleg.start();
  clock.run(1500);
  told.set('a-sandbox', 'hang');
  clock.run(60_000);
  assert.deepEqual(pleg.hung(), []);
  runtime.change('a-main', 'exited');
  clock.run(4000);
  assert.match(events.at(-1) ?? '', /^ContainerDied a-main/);
  const [hung] = pleg.hung();
  assert.deepEqual([hung?.id, hung?.from, hung?.to], ['a-sandbox', 'running', 'running']);
});

test('with a sweep every container is asked now and then, and one that hangs is named before the kubelet meets it', () => {
  const { clock, runtime, told, pleg } = generator();
  runtime.put(runningPod('a'));
  pleg.start();
  clock.run(1500);
  told.set('a-main', 'hang');
  clock.run(65_000);
  assert.equal(pleg.hung()[0]?.id, 'a-main');
});

test('a hung container is asked once at a time, and less and less often', () => {
  const { clock, runtime, told, calls, pleg } = generator({ inspectMs: 10_000 });
  told.set('a-main', 'hang');
  runtime.put(runningPod('a'));
  pleg.start();
  clock.run(120_000);
  const asked = calls.filter((c) => c.startsWith('a-main')).map((c) => Number(c.split(' at ')[1]) / 1000);
  // 10 s each until the deadline, then 1, 2, 4, 8 ... s of rest.
  assert.equal(asked.length, 6);
  const between = asked.slice(1).map((at, i) => Math.round(at - (asked[i] ?? 0)));
  assert.ok(
    between.every((s, i) => i === 0 || s >= (between[i - 1] ?? 0)),
    between.join(' '),
  );
});

test("a list that hangs is the one thing that makes it unhealthy, at the kubelet's threshold", () => {
  const { clock, told, pleg, records } = generator();
  pleg.start();
  clock.run(1500);
  told.set('list', 'hang');
  clock.run(179_000);
  assert.equal(pleg.problem(), null);
  clock.run(1000);
  assert.match(pleg.problem() ?? '', /^pleg was last seen active 3m0\.\d+s ago; threshold is 3m0s$/);
  assert.equal(records.at(-1)?.list.failure?.outcome, 'timeout');
});

test('the status of a pod is there for those who wait, without what hangs', () => {
  const { clock, runtime, told, cache, pleg } = generator();
  told.set('a-main', 'hang');
  runtime.put(runningPod('a'));
  pleg.start();
  clock.run(1500);
  const { status } = cache.get('a');
  assert.deepEqual([status?.sandboxes.length, status?.containers.length], [1, 0]);
  runtime.take('a');
  clock.run(1500);
  assert.equal(cache.get('a').status, null);
  assert.equal(cache.size, 0);
});

test('latencies of each call, right within 9 %, in bounded memory', () => {
  const { clock, runtime, pleg } = generator();
  runtime.put(runningPod('a'));
  pleg.start();
  for (let i = 0; i < 200; i++) {
    runtime.change('a-main', i % 2 === 0 ? 'exited' : 'running');
    clock.run(10_000);
  }
  const latencies = pleg.latencies('container-status');
  const median = latencies?.quantile(0.5) ?? 0;
  assert.ok(median >= 2 && median <= 2.2, String(median));
  assert.equal(latencies?.max, 2);
  assert.equal(pleg.records().length, 600);
});

test('days of pods that come and go leave nothing behind', () => {
  const { clock, runtime, told, cache, pleg } = generator();
  runtime.put(runningPod('stays'));
  pleg.start();
  for (let i = 0; i < 400; i++) {
    const uid = `p${i}`;
    if (i % 20 === 0) told.set(`${uid}-main`, 'hang');
    runtime.put(runningPod(uid));
    clock.run(150_000);
    runtime.change(`${uid}-main`, 'exited');
    clock.run(150_000);
    runtime.take(uid);
    told.clear();
  }
  clock.run(300_000);
  assert.deepEqual([pleg.tracked, cache.size, pleg.records().length, pleg.hung().length], [2, 1, 600, 0]);
});
