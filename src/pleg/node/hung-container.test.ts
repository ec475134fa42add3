import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eraOf } from '../eras.ts';
import type { RelistRecord } from '../relist-record.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { runningPod, VirtualRuntime } from '../virtual-runtime.ts';
import { NodeModel } from './node-model.ts';
import type { ReadyChange } from './ready-condition.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** An hour of a node on which the containers of `hung` pods ended and cannot be inspected. Times are seconds. */
function anHour(minor: number, hung: number) {
  const clock = new VirtualClock();
  const ids = new Set<string>();
  const runtime = new VirtualRuntime(clock, (_, id) => (id !== null && ids.has(id) ? 'hang' : 5));
  for (let i = 0; i < 10; i++) runtime.put(runningPod(`p${i}`));
  const changes: ReadyChange[] = [];
  const relists: RelistRecord[] = [];
  const node = new NodeModel(
    clock,
    runtime,
    { era: eraOf(minor) },
    { onReady: (change) => changes.push(change), onRelist: (record) => relists.push(record) },
  );
  node.start();
  clock.run(MINUTE);
  for (let i = 0; i < hung; i++) {
    ids.add(`p${i}-main`);
    runtime.change(`p${i}-main`, 'exited');
  }
  clock.run(60 * MINUTE);
  const losses = changes.filter((c) => c.to.status === 'False').slice(1);
  const returns = changes.filter((c) => c.to.status === 'True').slice(1);
  const notReadyFor = returns.map((r, i) => (r.at - (losses[i]?.at ?? Number.NaN)) / SECOND);
  const between = losses.slice(1).map((l, i) => (l.at - (losses[i]?.at ?? Number.NaN)) / SECOND);
  const durations = [...new Set(relists.map((r) => Math.round(r.tookMs / SECOND)))].toSorted((a, b) => a - b);
  return { losses, notReadyFor, between, durations, last: relists.at(-1) };
}

test('1.20: one hung container costs two timeouts a relist, and the node is NotReady for 60 s of every 241 s', () => {
  const { losses, notReadyFor, between, durations, last } = anHour(20, 1);

  // The relist that finds the change asks once, 2 min. Every later one asks twice: 4 min, over the threshold of 3.
  assert.deepEqual(durations, [0, 120, 240]);

  // It is healthy for 3 min from the begin of a relist, then unhealthy until the next begins, 1 s after its end. The
  // node's status is computed every 10 s: each change is seen up to 10 s later.
  assert.ok(losses.length >= 14);
  assert.ok(notReadyFor.every((s) => Math.abs(s - 61) <= 10));
  assert.ok(between.every((s) => Math.abs(s - 241) <= 10));
  assert.ok(losses.every((l) => /^PLEG is not healthy: pleg was last seen active 3m\d/.test(l.to.message)));

  // And the relist knows which container it was.
  assert.equal(last?.slowest?.containerId, 'p0-main');
  assert.equal(last.slowest.failure?.outcome, 'timeout');
});

test('a current kubelet: one hung container costs 2 min a relist, and the node never shows it', () => {
  const { losses, durations } = anHour(33, 1);
  assert.deepEqual(durations, [0, 120]);
  assert.equal(losses.length, 0);
});

test('a current kubelet: two hung containers make the node flap as one does with 1.20', () => {
  const { durations, notReadyFor, between } = anHour(33, 2);
  assert.deepEqual(durations, [0, 240]);
  assert.ok(notReadyFor.every((s) => Math.abs(s - 61) <= 10));
  assert.ok(between.every((s) => Math.abs(s - 241) <= 10));
});

test('1.20: three hung containers keep the node NotReady for two thirds of the time', () => {
  const { durations, notReadyFor, between } = anHour(20, 3);
  assert.deepEqual(durations, [0, 360, 720]);
  assert.ok(notReadyFor.slice(1).every((s) => Math.abs(s - 541) <= 10));
  assert.ok(between.slice(1).every((s) => Math.abs(s - 721) <= 10));
});
