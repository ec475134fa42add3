import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, type CaseBuilder, idOf, NOW } from '../../test/support/case.ts';
import { event, fromCluster, pod } from '../../test/support/cluster-case.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import type { Episode, EpisodeKind } from './episode.ts';
import { buildTimeline } from './timeline.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HUNG = entityId.container(idOf('hung'));

function timelineOf(it: CaseBuilder) {
  return buildTimeline(new CaseView(it.build()));
}

function kind(it: CaseBuilder, wanted: EpisodeKind): readonly Episode[] {
  return timelineOf(it).episodes.filter((e) => e.kind === wanted);
}

/** Begin and end in seconds before now. */
function ago({ from, to }: Episode): readonly [number, number] {
  return [(NOW - from) / SECOND, (NOW - to) / SECOND];
}

/** `PLEG is not healthy: pleg was last seen active AGE ago`. */
function unhealthy(it: CaseBuilder, agoMs: number, ageMs: number): CaseBuilder {
  return it.logged('pleg-unhealthy', agoMs, { ageMs });
}

/** A status call for the hung container that ran into its two minutes. */
function timedOut(it: CaseBuilder, agoMs: number): CaseBuilder {
  const fact = { log: 'kubelet', line: 'ContainerStatus', containerId: idOf('hung'), ageMs: null } as const;
  const call = { call: 'ContainerStatus', error: 'deadline' } as const;
  return it.fact(
    { type: 'log-signal', signal: 'runtime-call-timeout', ...fact, ...call },
    [entityId.component('kubelet', 900), HUNG],
    NOW - agoMs,
  );
}

/** Two relists of four minutes, each of two calls that hang, as a real kubelet 1.20.2 logs them. */
function flapping(): CaseBuilder {
  const it = aCase().logged('node-became-ready', 12 * MINUTE);
  for (const begin of [10 * MINUTE, 6 * MINUTE - SECOND]) {
    unhealthy(it, begin - 181 * SECOND, 181 * SECOND);
    it.logged('node-became-not-ready', begin - 182 * SECOND);
    unhealthy(it, begin - 237 * SECOND, 237 * SECOND);
    for (const call of [120, 240]) timedOut(it, begin - call * SECOND);
    it.logged('node-became-ready', begin - 242 * SECOND);
  }
  return it;
}

test('a relist that stalls is one episode with its real length, however many lines tell of it', () => {
  const stalls = kind(flapping(), 'pleg-stall');
  assert.deepEqual(stalls.map(ago), [
    [600, 360],
    [359, 119],
  ]);
  assert.deepEqual(
    stalls.map((s) => s.ended),
    ['seen', 'seen'],
  );
});

test('Ready goes and comes with the stalls, each span once', () => {
  const { episodes } = timelineOf(flapping());
  const spans = episodes.filter((e) => e.kind === 'ready' || e.kind === 'not-ready');
  assert.deepEqual(
    spans.map((e) => [e.kind, ...ago(e)]),
    [
      ['ready', 720, 418],
      ['not-ready', 418, 358],
      ['ready', 358, 177],
      ['not-ready', 177, 117],
      ['ready', 117, 0],
    ],
  );
});

test('calls for one container that is asked again and again are one episode, from the begin of the first call', () => {
  const [hung, ...more] = kind(flapping(), 'calls-hung');
  assert.deepEqual(more, []);
  assert.ok(hung);
  assert.deepEqual(ago(hung), [600, 119]);
  assert.equal(hung.about, HUNG);
  assert.equal(hung.count, 4);
});

test('the container that hangs in every stall is named, and that the node gave Ready up itself', () => {
  const kinds = timelineOf(flapping()).correlations.map((c) => c.kind);
  assert.deepEqual(kinds, ['same-container', 'lost-by-relist']);
});

test('the stall begins 3 s after the forced deletion: said so', () => {
  const it = flapping();
  pod(it, 'web-0', { deletionRequestedAt: NOW - 603 * SECOND, gracePeriodSeconds: 0 });
  const first = timelineOf(it).correlations.find((c) => c.kind === 'begins-after');
  assert.match(first?.text.en ?? '', /3s after: deleted by force: prod\/web-0/);
});

test('a stall that the log no longer tells of is past, even where nothing tells its end', () => {
  const [stall] = kind(unhealthy(aCase(), 30 * MINUTE, 200 * SECOND), 'pleg-stall');
  assert.equal(stall?.ended, 'unknown');
  assert.equal(stall?.to, NOW - 30 * MINUTE);
});

test('a stall that is told of just now goes on', () => {
  const [stall] = kind(unhealthy(aCase(), 2 * SECOND, 200 * SECOND), 'pleg-stall');
  assert.equal(stall?.ended, 'going-on');
  assert.equal(stall?.to, NOW);
});

test('a loss of Ready of hours ago, of which nothing was heard since, is not present', () => {
  const [lost] = kind(aCase().logged('node-became-not-ready', 180 * MINUTE), 'not-ready');
  assert.equal(lost?.ended, 'unknown');
});

test('two losses without a return between them, as older kubelets log: Ready was back when the relist ended', () => {
  const it = aCase();
  for (const begin of [20 * MINUTE, 6 * MINUTE]) {
    unhealthy(it, begin - 181 * SECOND, 181 * SECOND);
    it.logged('node-became-not-ready', begin - 182 * SECOND);
    unhealthy(it, begin - 237 * SECOND, 237 * SECOND);
    timedOut(it, begin - 240 * SECOND);
  }
  assert.deepEqual(ago(kind(it, 'not-ready')[0] as Episode)[0], 20 * 60 - 182);
  assert.ok(kind(it, 'not-ready').every((e) => e.to - e.from <= 60 * SECOND));
});

test('Unknown is the control plane’s word, not the relist’s', () => {
  const since = NOW - 5 * MINUTE;
  const it = fromCluster().ready('Unknown', 0, { reason: 'NodeStatusUnknown', since, by: 'node-object' });
  const [lost] = kind(it, 'ready-unknown');
  assert.equal(lost?.side, 'control-plane');
  assert.deepEqual(
    timelineOf(it).correlations.map((c) => c.kind),
    ['lost-by-control-plane'],
  );
});

test('deletions on a cordoned node are a drain', () => {
  const it = pod(pod(fromCluster(true), 'a', { deletionRequestedAt: NOW - 90_000 }), 'b', {
    deletionRequestedAt: NOW - 60_000,
  });
  const [drain] = kind(it, 'drain');
  assert.deepEqual(drain && [ago(drain), drain.count, drain.ended], [[90, 0], 2, 'going-on']);
});

test('a crash loop is one episode, however often the kubelet says that it backs off', () => {
  const it = aCase();
  const line = 'Error syncing pod 6f031efe ("web-0_default(6f031efe)"), skipping: CrashLoopBackOff';
  for (const minutes of [14, 11, 8, 3]) it.logged('container-back-off', minutes * MINUTE, { line });
  const loops = kind(it, 'crash-loop');
  assert.deepEqual(
    loops.map((e) => [e.subject, ...ago(e), e.ended, e.count]),
    [['default/web-0', 840, 0, 'going-on', 4]],
  );
});

test('a hung task began as long before the line as the line says; an OOM kill is a moment', () => {
  const it = aCase().kernel('hung-task', MINUTE, { task: 'dd', pid: 7, seconds: 120 }).kernel('oom-kill', MINUTE);
  assert.deepEqual(kind(it, 'hung-task').map(ago), [[180, 60]]);
  assert.deepEqual(kind(it, 'oom-kill').map(ago), [[60, 60]]);
});

test('a shim that containerd lost is an ended container, unless that still runs', () => {
  const about = [entityId.component('containerd', 800), HUNG];
  const fact = { log: 'containerd', line: 'shim disconnected', containerId: idOf('hung'), ageMs: null } as const;
  const lost = (it: CaseBuilder) =>
    it.fact({ type: 'log-signal', signal: 'shim-disconnected', ...fact }, about, NOW - MINUTE);
  assert.equal(kind(lost(aCase()), 'container-died').length, 1);
  assert.equal(kind(lost(aCase().engine().container('hung')), 'shim-lost').length, 1);
});

test('a cordon is told by its event', () => {
  assert.equal(kind(event(fromCluster(), 'NodeNotSchedulable'), 'cordoned').length, 1);
});
