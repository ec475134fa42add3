import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, type CaseBuilder, CONTAINERD } from '../../test/support/case.ts';
import { entityId } from '../evidence/entity.ts';
import { CaseView } from '../evidence/view.ts';
import type { Cause } from './cause.ts';
import { cniNotReady } from './cni-not-ready.ts';
import { kubeletDown } from './kubelet-down.ts';
import { relistDeadlock } from './relist-deadlock.ts';
import { networkNotReady } from './states/network-not-ready.ts';

function assess(cause: Cause, given: CaseBuilder) {
  const view = new CaseView(given.build());
  const assessment = cause.assess(view);
  return { ...assessment, remedies: cause.remedies(view, assessment) };
}

const MINUTE = 60_000;

/** An old kubelet whose PLEG age grows line by line over a runtime that answers. */
const deadlocked = () =>
  aCase()
    .engine()
    .answers()
    .container('a')
    .fact({ type: 'container-counts', total: 1, byState: {}, pods: 1 }, [
      entityId.engine('docker', 'unix:///run/docker.sock'),
    ])
    .kubelet('v1.12.3')
    .logged('pleg-unhealthy', 2 * MINUTE, { ageMs: 58 * MINUTE })
    .logged('pleg-unhealthy', 1000, { ageMs: 60 * MINUTE });

test('deadlock: an old kubelet, an age that grows with time, a runtime that answers', () => {
  const found = assess(relistDeadlock, deadlocked());
  assert.equal(found.status, 'confirmed');
  assert.deepEqual(
    found.remedies.filter((r) => r.works).map((r) => r.action),
    ['restart-kubelet', 'upgrade-kubelet', 'reboot'],
  );
});

test('deadlock: a hung call explains the stall without it', () => {
  assert.equal(assess(relistDeadlock, deadlocked().container('b', { status: 'timeout' })).status, 'ruled-out');
});

test('deadlock: a status call that is refused is an answer', () => {
  const refused = deadlocked().call('status', 'error', { errorCode: '404' }, [entityId.container('gone')]);
  assert.equal(assess(relistDeadlock, refused).status, 'confirmed');
});

test('deadlock: a kubelet since 1.14 has the fix', () => {
  assert.equal(assess(relistDeadlock, aCase().kubelet('v1.14.0')).status, 'ruled-out');
  assert.equal(assess(relistDeadlock, aCase().kubelet('v1.34.1')).status, 'ruled-out');
});

test('deadlock: an unknown version leaves it open, no kubelet at all rules it out', () => {
  assert.equal(assess(relistDeadlock, aCase()).status, 'not-examined');
  assert.equal(assess(relistDeadlock, aCase().gap('kubelet', 'absent')).status, 'ruled-out');
});

test('deadlock: the kubelet’s stacks show it, surely where its version has it, and not where it has the fix', () => {
  const blocked = (given: CaseBuilder) =>
    given.fact(
      {
        type: 'goroutines',
        wait: 'chan send',
        minutes: 57,
        count: 1,
        stack: ['k8s.io/kubernetes/pkg/kubelet/pleg.(*GenericPLEG).relist'],
        waitsForLock: false,
      },
      [entityId.component('kubelet', null)],
    );
  assert.equal(assess(relistDeadlock, blocked(aCase().kubelet('v1.12.3'))).status, 'confirmed');
  assert.equal(assess(relistDeadlock, blocked(aCase())).status, 'likely');
  assert.equal(assess(relistDeadlock, blocked(aCase().kubelet('v1.34.1'))).status, 'ruled-out');
});

test('deadlock: old log lines do not count', () => {
  const found = assess(
    relistDeadlock,
    aCase()
      .engine()
      .answers()
      .kubelet('v1.12.3')
      .logged('pleg-unhealthy', 60 * MINUTE, { ageMs: 60 * MINUTE }),
  );
  assert.equal(found.status, 'not-examined');
});

test('kubelet: expected and absent', () => {
  const found = assess(
    kubeletDown,
    aCase().fact(
      { type: 'component-absent', name: 'kubelet', expectedBecause: 'unit', detail: 'kubelet.service is failed' },
      [entityId.component('kubelet', null)],
    ),
  );
  assert.equal(found.status, 'confirmed');
  assert.equal(found.remedies[0]?.command, 'systemctl restart kubelet');
});

test('kubelet: stopped by a signal', () => {
  const found = assess(kubeletDown, aCase().component('kubelet', 900, { state: 'T' }));
  assert.equal(found.status, 'confirmed');
  assert.equal(found.remedies[0]?.command, 'kill -CONT 900');
});

test('kubelet: a zombie of an earlier one beside the one that runs is a leftover', () => {
  const zombie = () => aCase().component('kubelet', 880, { state: 'Z' });
  assert.equal(assess(kubeletDown, zombie()).status, 'confirmed');
  assert.equal(assess(kubeletDown, zombie().kubelet('v1.34.1')).status, 'ruled-out');
});

test('kubelet: three starts in ten minutes are a loop, three in an hour are not', () => {
  const starts = (every: number) =>
    aCase()
      .logged('kubelet-started', every)
      .logged('kubelet-started', 2 * every)
      .logged('kubelet-started', 3 * every);
  assert.equal(assess(kubeletDown, starts(3 * MINUTE)).status, 'likely');
  assert.equal(assess(kubeletDown, starts(20 * MINUTE)).status, 'not-examined');
});

const healthOf = (given: CaseBuilder, outcome: 'ok' | 'error' | 'timeout') =>
  given.fact(
    { type: 'kubelet-healthz', endpoint: 'http://127.0.0.1:10248/healthz', outcome, body: outcome, tookMs: 5 },
    [entityId.component('kubelet', 900)],
  );

test('kubelet: three starts, and well for longer than it ever ran between them, are no loop any more', () => {
  const startedAgo = (...minutes: readonly number[]) =>
    minutes.reduce((it, ago) => it.logged('kubelet-started', ago * MINUTE), aCase().kubelet('v1.34.1'));
  const restarted = () => startedAgo(9, 8, 6);
  assert.equal(assess(kubeletDown, healthOf(restarted(), 'ok')).status, 'ruled-out');
  assert.equal(assess(kubeletDown, healthOf(restarted(), 'ok').ready('True', 0)).status, 'ruled-out');
  assert.equal(assess(kubeletDown, healthOf(restarted(), 'ok').ready('Unknown', 0)).status, 'likely', 'it lost Ready');
  assert.equal(assess(kubeletDown, healthOf(restarted(), 'error')).status, 'likely', 'its health port refuses');
  assert.equal(assess(kubeletDown, restarted()).status, 'likely', 'its health was not seen');
  assert.equal(
    assess(kubeletDown, healthOf(startedAgo(9, 5, 1), 'ok')).status,
    'likely',
    'it may be about to end again',
  );
});

test('kubelet: a health port that refuses is likely, one that is late only possible, ok rules it out', () => {
  const health = (outcome: 'ok' | 'error' | 'timeout') => healthOf(aCase().kubelet('v1.34.1'), outcome);
  assert.equal(assess(kubeletDown, health('error')).status, 'likely');
  assert.equal(assess(kubeletDown, health('timeout')).status, 'possible');
  assert.equal(assess(kubeletDown, health('ok')).status, 'ruled-out');
});

test('kubelet: none here and none expected rules it out; daemons not looked at leave it open', () => {
  assert.equal(assess(kubeletDown, aCase().gap('kubelet', 'absent')).status, 'ruled-out');
  assert.equal(assess(kubeletDown, aCase().gap('components')).status, 'not-examined');
});

const network = (status: boolean, given = aCase().engine('cri', CONTAINERD)) =>
  given.fact(
    {
      type: 'runtime-condition',
      condition: 'NetworkReady',
      status,
      reason: 'NetworkPluginNotReady',
      message: 'cni plugin not initialized',
    },
    [entityId.engine('cri', CONTAINERD)],
  );

test('network: the runtime’s own word, where a kubelet uses it', () => {
  assert.equal(
    assess(cniNotReady, network(false).kubelet('v1.34.1', null, { runtimeEndpoint: CONTAINERD })).status,
    'confirmed',
  );
  assert.equal(assess(cniNotReady, network(true).kubelet('v1.34.1')).status, 'ruled-out');
});

test('network: a CRI that no kubelet uses is not ready on every plain host', () => {
  assert.equal(assess(cniNotReady, network(false)).status, 'possible');
  assert.equal(
    assess(cniNotReady, network(false).kubelet('v1.20.2', null, { runtimeEndpoint: 'unix:///run/dockershim.sock' }))
      .status,
    'possible',
  );
});

test('network: a log line counts while fresh', () => {
  assert.equal(assess(cniNotReady, aCase().logged('network-not-ready', MINUTE)).status, 'likely');
  assert.equal(assess(cniNotReady, aCase().logged('network-not-ready', 30 * MINUTE)).status, 'not-examined');
});

const KUBELET_USES = { runtimeEndpoint: CONTAINERD };
const said = (given: CaseBuilder) =>
  given.logged('network-not-ready', MINUTE, { line: 'Container runtime network not ready: NetworkReady=false' });

test('network: back again, it is the likely cause of a NotReady minutes ago, and none where Ready was not lost', () => {
  const back = () => said(network(true).kubelet('v1.34.1', null, KUBELET_USES)).ready('True', 1000);
  const lost = back().logged('node-became-not-ready', MINUTE);
  assert.equal(assess(cniNotReady, lost).status, 'likely');
  assert.equal(assess(cniNotReady, back()).status, 'possible');
  assert.equal(networkNotReady.assess(new CaseView(lost.build())).status, 'likely');
});

test('network: what containerd logs while its configuration is rewritten is no word of the kubelet', () => {
  const rewritten = network(true)
    .kubelet('v1.34.1', null, KUBELET_USES)
    .ready('True', 1000)
    .logged('network-not-ready', MINUTE, { log: 'containerd', line: 'failed to reload cni configuration' });
  assert.equal(assess(cniNotReady, rewritten).status, 'ruled-out');
  assert.equal(networkNotReady.assess(new CaseView(rewritten.build())).status, 'ruled-out');
});
