import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '../../pleg/virtual-clock.ts';
import { type Behaviour, runningPod, VirtualRuntime } from '../../pleg/virtual-runtime.ts';
import type { News } from '../model/news.ts';
import { startOwnPleg } from './own-pleg.ts';

function watched(told: Map<string, Behaviour> = new Map()) {
  const clock = new VirtualClock();
  const runtime = new VirtualRuntime(clock, (call, id) => told.get(id ?? call) ?? 2);
  const news: News[] = [];
  const start = () => startOwnPleg({ clock, runtime, periodMs: 1000, tell: (one) => news.push(one) });
  const events = () => news.flatMap((n) => (n.type === 'event' ? [`${n.event} ${n.container.id}`] : []));
  return { clock, runtime, news, events, start };
}

test('what was there when the watch began is no event; what happens to it is', () => {
  const { clock, runtime, events, start } = watched();
  runtime.put(runningPod('a'));
  start();
  clock.run(5000);
  assert.deepEqual(events(), []);
  runtime.change('a-main', 'exited');
  runtime.put(runningPod('b'));
  clock.run(2500);
  assert.deepEqual(events().toSorted(), [
    'ContainerDied a-main',
    'ContainerStarted b-main',
    'ContainerStarted b-sandbox',
  ]);
});

test('a container that hung from the start and has died when it answers is told to have died', () => {
  const told = new Map<string, Behaviour>([['a-main', 'hang']]);
  const { clock, runtime, events, news, start } = watched(told);
  runtime.put(runningPod('a'));
  const pleg = start();
  clock.run(5000);
  pleg.look();
  const look = news.findLast((n) => n.type === 'ours')?.look;
  assert.deepEqual(
    [look?.hung[0]?.id, look?.ready.status, look?.listed],
    ['a-main', 'True', { pods: 1, containers: 2 }],
  );
  runtime.change('a-main', 'exited');
  told.clear();
  clock.run(200_000);
  assert.deepEqual(events(), ['ContainerDied a-main']);
});

test('the removal of a container is told by its name, though it is listed no more', () => {
  const { clock, runtime, news, start } = watched();
  runtime.put(runningPod('a'));
  start();
  clock.run(3000);
  runtime.take('a');
  clock.run(3000);
  const removed = news.flatMap((n) => (n.type === 'event' && n.event === 'ContainerRemoved' ? [n.container] : []));
  assert.deepEqual(
    removed.map((c) => c.pod.name),
    ['a', 'a'],
  );
});

test('a list that fails is a source that is missing, and our Ready goes with the kubelet’s words', () => {
  const told = new Map<string, Behaviour>();
  const { clock, news, start } = watched(told);
  const pleg = start();
  clock.run(3000);
  told.set('list', { outcome: 'error', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' });
  clock.run(200_000);
  pleg.look();
  assert.ok(news.some((n) => n.type === 'source' && n.source === 'runtime' && n.missing !== null));
  const ready = news.findLast((n) => n.type === 'ours')?.look.ready;
  assert.match(ready?.message ?? '', /^PLEG is not healthy: pleg was last seen active 3m[\d.]+s ago/);
});
