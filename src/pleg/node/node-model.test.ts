import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CURRENT_ERA, eraOf } from '../eras.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { runningPod, VirtualRuntime } from '../virtual-runtime.ts';
import { NodeModel } from './node-model.ts';
import type { NodeOptions } from './node-options.ts';
import type { ReadyChange } from './ready-condition.ts';

function node(options: Partial<NodeOptions> = {}) {
  const clock = new VirtualClock();
  let runtimeHangs = false;
  const runtime = new VirtualRuntime(clock, (call) => (runtimeHangs && call === 'conditions' ? 'hang' : 0));
  runtime.put(runningPod('a'));
  const changes: ReadyChange[] = [];
  const skips: string[] = [];
  const synced: [string, number][] = [];
  const model = new NodeModel(clock, runtime, options, {
    onReady: (change) => changes.push(change),
    onSkip: (line) => skips.push(line),
    onSync: (uid, at) => synced.push([uid, at]),
  });
  const hang = (hangs: boolean) => {
    runtimeHangs = hangs;
  };
  return { clock, runtime, model, changes, skips, synced, hang };
}

test('a kubelet that starts first says what it does not know yet, then that it is ready', () => {
  const { clock, model, changes, skips } = node({ era: eraOf(20) });
  model.start();
  clock.run(30_000);
  assert.deepEqual(
    changes.map((c) => [c.at, c.to.status, c.to.reason, c.to.message]),
    [
      [
        0,
        'False',
        'KubeletNotReady',
        '[container runtime status check may not have completed yet, PLEG is not healthy: pleg has yet to be successful, network state unknown]',
      ],
      [10_000, 'True', 'KubeletReady', 'kubelet is posting ready status'],
    ],
  );
  assert.deepEqual(skips, ['skipping pod synchronization - PLEG is not healthy: pleg has yet to be successful']);
});

test('a runtime that does not answer is down 30 s after its last answer', () => {
  const { clock, model, hang } = node();
  model.start();
  clock.run(60_000);
  hang(true);
  clock.run(29_000);
  assert.equal(model.ready?.status, 'True');
  clock.run(16_000);
  assert.deepEqual([model.ready.status, model.ready.message], ['False', 'container runtime is down']);
});

test('a network that is not ready, in the words of each era', () => {
  const said = [
    [13, 'runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:cni config uninitialized'],
    [20, 'runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:cni config uninitialized'],
    [
      33,
      'container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:cni config uninitialized',
    ],
  ] as const;
  for (const [minor, message] of said) {
    const { clock, runtime, model } = node({ era: eraOf(minor) });
    const networkReady = { status: false, reason: 'NetworkPluginNotReady', message: 'cni config uninitialized' };
    runtime.said = { ...runtime.said, networkReady };
    model.start();
    clock.run(30_000);
    assert.equal(model.ready?.message, message);
  }
});

test('several errors, as each era joins them', () => {
  const joined = [
    [13, 'container runtime is down,runtime network not ready: NetworkReady=false reason:A message:b'],
    [20, '[container runtime is down, runtime network not ready: NetworkReady=false reason:A message:b]'],
  ] as const;
  for (const [minor, message] of joined) {
    const { clock, runtime, model, hang } = node({ era: eraOf(minor) });
    model.start();
    clock.run(20_000);
    runtime.said = { ...runtime.said, networkReady: { status: false, reason: 'A', message: 'b' } };
    clock.run(10_000);
    hang(true);
    clock.run(60_000);
    assert.equal(model.ready?.message, message);
  }
});

test('the sync loop skips with pauses of 100 ms that double up to 5 s', () => {
  const { clock, runtime, model, skips } = node({ era: CURRENT_ERA });
  runtime.said = { ...runtime.said, runtimeReady: { status: false, reason: 'r', message: 'm' } };
  model.start();
  clock.run(6399);
  assert.equal(skips.length, 7);
  clock.run(20_000);
  assert.equal(skips.length, 11);
  assert.equal(
    skips.at(-1),
    '"Skipping pod synchronization" err="[container runtime status check may not have completed yet, container runtime not ready: RuntimeReady=false reason:r message:m]"',
  );
});

test('a node cut off from the API server is Unknown after the grace period, 40 s up to 1.31, 50 s since', () => {
  for (const [minor, graceMs] of [
    [31, 40_000],
    [32, 50_000],
  ] as const) {
    let reachable = true;
    const { clock, model, changes } = node({ era: eraOf(minor), isApiReachable: () => reachable });
    model.start();
    clock.run(60_000);
    reachable = false;
    clock.run(120_000);
    const [lost] = changes.slice(2);
    assert.deepEqual([lost?.by, lost?.to.status, lost?.to.reason], ['node-controller', 'Unknown', 'NodeStatusUnknown']);
    // Counted from when the controller saw the last lease, and looked at every 5 s.
    assert.ok(Math.abs((lost?.at ?? 0) - 60_000 - graceMs) <= 5000, String(lost?.at));
    reachable = true;
    clock.run(10_000);
    assert.deepEqual([changes.at(-1)?.by, model.ready?.status], ['kubelet', 'True']);
  }
});

test('NotReady by the kubelet, then Unknown: the transition is written anew', () => {
  let reachable = true;
  const { clock, model, changes, hang } = node({ isApiReachable: () => reachable });
  model.start();
  clock.run(60_000);
  hang(true);
  clock.run(60_000);
  reachable = false;
  clock.run(120_000);
  assert.deepEqual(
    changes.slice(1).map((c) => `${c.to.status} by ${c.by}`),
    ['True by kubelet', 'False by kubelet', 'Unknown by node-controller'],
  );
});

test('a pod is synced once at a time, and anew for what came meanwhile, only with a newer status', () => {
  const { clock, runtime, model, synced } = node({ podSyncMs: () => 10_000 });
  model.start();
  clock.run(1000);
  runtime.change('a-main', 'exited');
  clock.run(29_000);
  // The first sync ends at 11 s or so; the change of 1 s is one more, with the status of a relist after that.
  assert.equal(synced.length, 2);
  const [first, second] = synced.map(([, at]) => at);
  assert.ok((second ?? 0) - (first ?? 0) >= 10_000);
});

test('with a stream of events one hung container takes no Ready away: there is a relist every 5 minutes only', () => {
  const clock = new VirtualClock();
  let hangs = false;
  const runtime = new VirtualRuntime(clock, (_, id) => (hangs && id === 'a-main' ? 'hang' : 0));
  runtime.put(runningPod('a'));
  const changes: ReadyChange[] = [];
  const eventSource = { watch: () => ({ whenSettled: () => undefined }) };
  const hooks = { onReady: (change: ReadyChange) => changes.push(change) };
  const model = new NodeModel(clock, runtime, { era: eraOf(28), eventSource }, hooks);
  model.start();
  clock.run(60_000);
  hangs = true;
  runtime.change('a-main', 'exited');
  clock.run(3600_000);
  assert.deepEqual(
    changes.map((c) => c.to.status),
    ['False', 'True'],
  );
  // Yet the newest relist is minutes old, which is healthy here: the threshold is 10 minutes.
  assert.equal(model.plegProblem(), null);
});

test('a quiet week of a node: a relist a second, and no change of Ready', () => {
  const clock = new VirtualClock();
  const runtime = new VirtualRuntime(clock);
  for (let i = 0; i < 10; i++) runtime.put(runningPod(`p${i}`));
  let relists = 0;
  const changes: ReadyChange[] = [];
  const onRelist = () => {
    relists += 1;
  };
  const model = new NodeModel(clock, runtime, {}, { onReady: (change) => changes.push(change), onRelist });
  model.start();
  clock.run(7 * 24 * 3600 * 1000);
  assert.equal(relists, 604_801);
  assert.equal(changes.length, 2);
});
