import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LEASE, NODE, NODE_EVENT, otherNode, POD, POD_EVENT } from '../../../test/support/api-objects.ts';
import { readEvent } from '../../logs/objects/event.ts';
import { readNodeObject } from '../../logs/objects/node-object.ts';
import { readPod } from '../../logs/objects/pod.ts';
import { readLease } from './lease.ts';
import { peerFact, readPeer } from './peers.ts';

const at = (time: string): number => Date.parse(`2026-11-24T${time}Z`);

test('a node: Ready apart from the other conditions, cordon, taints, versions', () => {
  const facts = readNodeObject(NODE);
  assert.deepEqual(facts?.ready, {
    type: 'node-ready',
    status: 'False',
    reason: 'KubeletNotReady',
    message: 'PLEG is not healthy: pleg was last seen active 3m5.1s ago; threshold is 3m0s',
    since: at('05:58:04'),
    by: 'node-object',
    heartbeatAt: at('05:59:50'),
  });
  assert.deepEqual(
    facts?.conditions.map((c) => [c.condition, c.status]),
    [['DiskPressure', 'False']],
  );
  assert.equal(facts?.object.unschedulable, true);
  assert.deepEqual(facts?.object.taints[1], { key: 'node.kubernetes.io/not-ready', value: '', effect: 'NoExecute' });
  assert.deepEqual([facts?.object.kubeletVersion, facts?.object.runtimeVersion], ['v1.20.2', 'docker://20.10.24']);
});

test('a node that has only just been made has no condition', () => {
  const facts = readNodeObject({ metadata: { name: 'new' }, spec: {}, status: {} });
  assert.deepEqual([facts?.ready, facts?.conditions, facts?.object.taints], [null, [], []]);
});

test('a lease with its time to the millisecond', () => {
  assert.deepEqual(readLease(LEASE), { type: 'node-lease', renewedAt: at('05:59:55.123'), durationMs: 40_000 });
});

test('a pod: when its deletion was asked for, who owns it, what waits', () => {
  const pod = readPod(POD);
  assert.equal(pod?.fact.deletionRequestedAt, at('05:50:00'));
  assert.deepEqual([pod?.fact.gracePeriodSeconds, pod?.fact.ownerKind, pod?.fact.ready], [30, 'StatefulSet', false]);
  assert.deepEqual(
    pod?.fact.waiting.map((w) => [w.container, w.reason]),
    [['proxy', 'CrashLoopBackOff']],
  );
  assert.equal(pod?.fact.restarts, 7);
  assert.deepEqual(
    pod?.containers.map((c) => c.name),
    ['app'],
  );
});

test('a static pod is known by the uid that the kubelet and the runtime use, not by that of its mirror', () => {
  const annotations = { 'kubernetes.io/config.mirror': 'd0f4c0ffee' };
  assert.equal(readPod({ ...POD, metadata: { ...POD.metadata, annotations } })?.uid, 'd0f4c0ffee');
});

test('an event by core/v1 counts and has a first and a last time', () => {
  const event = readEvent(POD_EVENT);
  assert.deepEqual([event?.fact.count, event?.fact.firstAt, event?.at], [3, at('05:52:00'), at('05:57:00')]);
  assert.deepEqual([event?.fact.severity, event?.fact.component, event?.host], ['Warning', 'kubelet', 'worker-1']);
});

test('an event by events.k8s.io has a time of its own and a series', () => {
  const event = readEvent({
    ...NODE_EVENT,
    source: {},
    reportingComponent: 'node-controller',
    firstTimestamp: null,
    lastTimestamp: null,
    count: null,
    eventTime: '2026-11-24T05:10:00.000001Z',
    series: { count: 4, lastObservedTime: '2026-11-24T05:40:00.000001Z' },
  });
  assert.deepEqual([event?.fact.count, event?.fact.firstAt, event?.at], [4, at('05:10:00'), at('05:40:00')]);
  assert.equal(event?.fact.component, 'node-controller');
});

test('peers: those lost within five minutes of this node speak for one reason', () => {
  const own = readNodeObject(NODE)?.ready ?? null;
  const peers = [
    readPeer(NODE),
    readPeer(otherNode('worker-2', 'Unknown', '2026-11-24T06:01:00Z')),
    readPeer(otherNode('worker-3', 'False', '2026-11-20T00:00:00Z')),
    readPeer(otherNode('worker-4', 'True', '2026-11-24T05:58:00Z')),
  ].filter((p) => p !== null);
  const { type: _, ...counts } = peerFact(peers, 'worker-1', own);
  assert.deepEqual(counts, { total: 3, notReady: 1, unknown: 1, lostTogether: 1 });
});

test('a field of another type reads as empty; what is no object is none', () => {
  const odd = readNodeObject({ ...NODE, spec: { unschedulable: 'yes', taints: [3, { key: 'k' }] }, status: 7 });
  assert.deepEqual(odd?.object.taints, [{ key: 'k', value: '', effect: '' }]);
  assert.equal(odd?.object.unschedulable, false);
  for (const read of [readNodeObject, readPod, readEvent, readLease]) {
    assert.equal(read(null), null);
    assert.equal(read('text'), null);
  }
});

test('no JSON makes a reader throw', () => {
  const shaped = fc.record({ metadata: fc.jsonValue(), spec: fc.jsonValue(), status: fc.jsonValue() });
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), shaped), (json) => {
      for (const read of [readNodeObject, readPod, readEvent, readLease, readPeer]) read(json);
    }),
  );
});
