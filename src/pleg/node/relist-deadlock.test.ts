import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eraOf } from '../eras.ts';
import type { Pod } from '../pod.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { VirtualRuntime } from '../virtual-runtime.ts';
import { NodeModel } from './node-model.ts';

// The deadlock of kubelets before 1.14 (kubernetes issue 72482, cured by pull request 72709), step by step. It takes
// three things that each are harmless: a channel for 1000 events, a relist that waits while it is full, and a sync loop
// that takes no event while the relist is too old.

const MINUTE = 60_000;

/** One pod that has collected a thousand ended containers. */
const PILE: Pod = {
  uid: 'pile',
  name: 'pile',
  namespace: 'default',
  sandboxes: [{ id: 'sandbox', name: 'POD', state: 'running', attempt: 0 }],
  containers: Array.from({ length: 1100 }, (_, i) => ({ id: `c${i}`, name: 'c', state: 'exited', attempt: i })),
};

/** A node whose runtime says `not ready` for the first two minutes, while it lists a pile of containers. */
function nodeWithAPile(minor: number) {
  const clock = new VirtualClock();
  const runtime = new VirtualRuntime(clock);
  runtime.said = { ...runtime.said, runtimeReady: { status: false, reason: 'DockerDaemonNotReady', message: '' } };
  const seen = { events: 0, discarded: 0, relists: 0 };
  const node = new NodeModel(
    clock,
    runtime,
    { era: eraOf(minor) },
    {
      onEvent: () => {
        seen.events += 1;
      },
      onRelist: ({ events }) => {
        seen.relists += 1;
        seen.discarded += events.discarded;
      },
    },
  );
  runtime.put(PILE);
  node.start();
  return { clock, runtime, node, seen };
}

function runtimeIsWell(runtime: VirtualRuntime): void {
  runtime.said = { ...runtime.said, runtimeReady: { status: true, reason: '', message: '' } };
}

test('up to 1.13: the first relist fills the channel, waits for the sync loop, and the sync loop for the relist', () => {
  const { clock, runtime, node, seen } = nodeWithAPile(13);

  // The sync loop skips its rounds, since the runtime is not ready. So nobody takes events: the relist stands still.
  clock.run(2 * MINUTE);
  assert.deepEqual(seen, { events: 0, discarded: 0, relists: 0 });
  assert.equal(node.waitingEvents, 1000);
  assert.equal(node.plegProblem(), null);

  // It stands still for longer than the threshold. Now it is unhealthy by itself ...
  clock.run(2 * MINUTE);
  assert.equal(node.plegProblem(), 'pleg was last seen active 4m0s ago; threshold is 3m0s');

  // ... and that the runtime is well again no longer helps: the sync loop skips for the relist, for ever.
  runtimeIsWell(runtime);
  clock.run(60 * MINUTE);
  assert.equal(node.waitingEvents, 1000);
  assert.deepEqual(seen, { events: 0, discarded: 0, relists: 0 });
  assert.equal(node.ready?.status, 'False');
  assert.equal(node.ready.message, 'PLEG is not healthy: pleg was last seen active 1h4m0s ago; threshold is 3m0s');
});

test('up to 1.13: a runtime that is well again within three minutes lets the relist go on, and nothing is lost', () => {
  const { clock, runtime, node, seen } = nodeWithAPile(13);
  clock.run(2 * MINUTE);
  runtimeIsWell(runtime);
  clock.run(MINUTE);
  assert.equal(seen.events, 1101);
  assert.equal(seen.discarded, 0);
  assert.equal(node.ready?.status, 'True');
});

test('since 1.14: the relist throws away what does not fit, and goes on', () => {
  const { clock, runtime, node, seen } = nodeWithAPile(14);
  clock.run(4 * MINUTE);
  assert.equal(node.plegProblem(), null);
  assert.ok(seen.relists > 200);
  runtimeIsWell(runtime);
  clock.run(MINUTE);
  assert.equal(node.ready?.status, 'True');

  // The price: these events are lost. What they would have told, the pods' next regular sync sees.
  assert.deepEqual([seen.events, seen.discarded], [1000, 101]);
});
