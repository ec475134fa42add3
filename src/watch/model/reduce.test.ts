import assert from 'node:assert/strict';
import { test } from 'node:test';
import { at, container, GivenWatch } from '../../../test/support/given-watch.ts';
import { foretell } from './forecast.ts';
import { kubeletAge } from './stamp.ts';
import { KEPT } from './state.ts';

const WEB = container('web-0');
const DB = container('db-0');
const NOT_READY = {
  status: 'False',
  reason: 'KubeletNotReady',
  message: 'PLEG is not healthy: pleg was last seen active 3m5s ago; threshold is 3m0s',
} as const;

test('a container that hangs is told once, with its shim, and once when it answers', () => {
  const watch = new GivenWatch()
    .ours(1)
    .ours(4, [[WEB, 2]])
    .shims(5, [[WEB, { pid: 77, state: 'T', processes: 1, inKernel: 0 }]])
    .ours(6, [[WEB, 2]])
    .shims(8, [[WEB, { pid: 77, state: 'T', processes: 1, inKernel: 0 }]])
    .ours(9);
  assert.deepEqual(watch.said, ['4s hung', '5s shim', '9s answers']);
  const [hung, , answers] = watch.changes;
  assert.ok(hung?.type === 'hung' && hung.container.id === WEB.id && hung.since === at(2));
  assert.ok(answers?.type === 'answers' && answers.hungMs === 7000);
  assert.equal(watch.state.shims.size, 0);
});

test('a shim that goes on, or a process of it that waits in the kernel, is a change; sleeping and running are one', () => {
  const shim = { pid: 77, state: 'S', processes: 2, inKernel: 0 };
  const watch = new GivenWatch().ours(4, [[WEB, 2]]).shims(5, [[WEB, shim]]);
  watch.shims(6, [[WEB, { ...shim, state: 'R' }]]);
  assert.equal(watch.said.length, 2);
  watch.shims(7, [[WEB, { ...shim, inKernel: 1 }]]).shims(8, [[WEB, null]]);
  assert.deepEqual(watch.said.slice(2), ['7s shim', '8s shim']);
});

test('the PLEG of the kubelet turns unhealthy when its stamp passes the threshold, without anything new being seen', () => {
  const watch = new GivenWatch().kubelet(260, 95).ours(270);
  assert.ok(!watch.changes.some((c) => c.type === 'pleg'));
  watch.ours(276);
  const [pleg] = watch.changes.filter((c) => c.type === 'pleg');
  assert.match(pleg?.problem ?? '', /^pleg was last seen active 3m1s ago; threshold is 3m0s$/);
  // The same again, only later, is nothing new.
  watch.ours(289);
  assert.equal(watch.changes.filter((c) => c.type === 'pleg').length, 1);
  // Nor is it well when its metrics are no longer to be had.
  watch.ours(295);
  assert.equal(watch.changes.filter((c) => c.type === 'pleg').length, 1);
  watch.kubelet(300, 299);
  assert.equal(watch.changes.filter((c) => c.type === 'pleg').at(-1)?.problem, null);
});

test('between two looks a stamp that was young does not age: a kubelet that is well has made new ones', () => {
  const { state } = new GivenWatch().kubelet(100, 99);
  assert.equal(kubeletAge(state, at(104)), 1000);
  const stalled = new GivenWatch().kubelet(100, 90).state;
  assert.equal(kubeletAge(stalled, at(104)), 14_000);
});

test('the loss of Ready is foretold once the relist runs for 10 s, at the first status after the threshold', () => {
  const watch = new GivenWatch()
    .apiServer(0, { heartbeatAt: at(3) })
    .kubelet(5, 0)
    .ours(8);
  assert.equal(foretell(watch.state, at(8)), null);
  watch.ours(12);
  const forecast = watch.state.told.forecast;
  assert.deepEqual(forecast?.loss, { at: at(183), withinSeconds: 3 });
  assert.equal(forecast?.endsAt, null);
  // That it comes nearer is nothing new, that the relist ended is.
  watch.kubelet(50, 0).ours(60).kubelet(110, 0).ours(120).kubelet(125, 124);
  assert.deepEqual(
    watch.changes.filter((c) => c.type === 'forecast').map((c) => c.forecast?.by ?? null),
    ['kubelet', null],
  );
});

test('what hangs tells when the relist ends: in time with a current kubelet, too late with one that asks twice', () => {
  const hangs = (version: string) =>
    new GivenWatch()
      .apiServer(0, { heartbeatAt: at(3) })
      .kubelet(5, 0, { version })
      .ours(20, [[WEB, 2]]);
  const current = foretell(hangs('v1.34.0').state, at(20));
  assert.deepEqual([current?.loss, current?.endsAt], [null, at(120)]);
  const old = foretell(hangs('v1.20.2').state, at(20));
  assert.deepEqual([old?.loss?.at, old?.endsAt], [at(183), at(240)]);
});

test('a container that only stands beside what changed counts, too: the kubelet asks for pods as a whole', () => {
  const hangs = (watch: GivenWatch) =>
    watch
      .kubelet(5, 0, { version: 'v1.34.0' })
      .ours(20, [], { hung: [{ ...WEB, since: at(2), from: 'running', to: 'running', failure: null }] });
  assert.equal(foretell(hangs(new GivenWatch()).state, at(20))?.endsAt, null);
  const beside = new GivenWatch().event(1, 'ContainerDied', container('web-0', 'crashing'));
  assert.equal(foretell(hangs(beside).state, at(20))?.endsAt, at(120));
});

test('in the first relist that meets them an old kubelet asks once: Ready is lost in the next one', () => {
  const { state } = new GivenWatch()
    .apiServer(0, { heartbeatAt: at(3) })
    .kubelet(0, -1)
    .kubelet(15, 0.1)
    .ours(20, [[WEB, 2]]);
  const forecast = foretell(state, at(20));
  assert.equal(forecast?.endsAt, at(120.1));
  // It ends at 120.1 s; the next begins at 121.1 s and passes the threshold at 301.1 s.
  assert.equal(forecast?.loss?.at, at(303));
});

test('after a relist that was held up the next one is known to be, too, from its begin on', () => {
  const held = new GivenWatch()
    .apiServer(0, { heartbeatAt: at(3) })
    .kubelet(0, -1)
    .kubelet(15, 0.1)
    .ours(120, [[WEB, 2]])
    .kubelet(122, 121.1);
  const forecast = foretell(held.state, at(123));
  assert.deepEqual([forecast?.loss?.at, forecast?.endsAt], [at(303), at(361.1)]);
  assert.equal(foretell(held.ours(124).state, at(124)), null);
});

test('while Ready is lost, what hangs tells when it comes back', () => {
  const { state } = new GivenWatch()
    .apiServer(190, { ...NOT_READY, heartbeatAt: at(183), since: at(183) })
    .kubelet(195, 0)
    .ours(200, [[WEB, 2]]);
  const forecast = foretell(state, at(200));
  assert.equal(forecast?.readyAgainAt, at(243));
});

test('a relist that runs for longer than what hangs explains is not said to end', () => {
  const { state } = new GivenWatch().kubelet(300, 0).ours(300, [[WEB, 2]]);
  assert.deepEqual([foretell(state, at(300))?.endsAt, foretell(state, at(300))?.loss], [null, null]);
});

test('without metrics of the kubelet our own list that is not answered foretells the loss', () => {
  const { state } = new GivenWatch().ours(5).ours(40, [], { relistAt: at(10) });
  assert.deepEqual([foretell(state, at(40))?.by, foretell(state, at(40))?.loss?.at], ['ours', at(195)]);
});

test('Ready of the API server is told when it is first seen, and when it changes; its age is no change', () => {
  const watch = new GivenWatch().apiServer(0).apiServer(5).apiServer(10, NOT_READY);
  watch.apiServer(15, { ...NOT_READY, message: NOT_READY.message.replace('3m5s', '3m15.2s') });
  assert.deepEqual(watch.said, ['0s ready', '10s ready']);
});

test('the mean of the kubelet’s relists is of those that ended between two looks; a restart says nothing', () => {
  const watch = new GivenWatch()
    .kubelet(0, -1, { relists: { count: 100, totalMs: 5000 } })
    .kubelet(5, 4, { relists: { count: 104, totalMs: 5080 } });
  assert.equal(watch.state.kubelet?.meanMs, 20);
  watch.kubelet(10, 9, { relists: { count: 2, totalMs: 4000 } });
  assert.equal(watch.state.kubelet?.meanMs, 20);
});

test('a source that does not answer is told once, and once when it does again', () => {
  const watch = new GivenWatch()
    .source(0, 'api-server', 'HTTP 403')
    .source(5, 'api-server', 'HTTP 403')
    .source(10, 'api-server', null)
    .source(15, 'api-server', null);
  assert.deepEqual(watch.said, ['0s source', '10s source']);
});

test('each slow container stands once, by its slowest of the last ten minutes', () => {
  const watch = new GivenWatch()
    .relist(1, 50, [WEB, 40])
    .relist(2, 50, [WEB, 20])
    .relist(3, 90, [DB, 80])
    .relist(4, 10);
  assert.deepEqual(
    [...watch.state.slow.values()].map((s) => [s.container.id, s.tookMs]),
    [
      [DB.id, 80],
      [WEB.id, 40],
    ],
  );
  watch.relist(604, 10);
  assert.equal(watch.state.slow.size, 0);
});

test('weeks of watching take no more memory than minutes', () => {
  const watch = new GivenWatch();
  for (let i = 0; i < 2000; i++) {
    watch.relist(i, 10, [container(`pod-${i}`), i % 97]).event(i, 'ContainerDied', container(`pod-${i}`));
  }
  const { relists, changes, slow } = watch.state;
  assert.deepEqual([relists.length, changes.length, slow.size], [KEPT.relists, KEPT.changes, KEPT.slow]);
  assert.equal(changes.at(-1)?.at, at(1999));
});
