import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pod } from '../../../../test/support/remedy/samples.ts';
import type { ClusterPod } from '../objects/pod.ts';
import { sortPods } from './sort-pods.ts';

const NONE = { emptyDir: false, unmanaged: false };
const ALL = { emptyDir: true, unmanaged: true };
const scratch = { nodeName: 'worker-1', volumes: [{ name: 'tmp', emptyDir: {} }] };

function fate(given: ClusterPod, consent = NONE, lost: readonly string[] = []): string {
  const { evict, leave, ask } = sortPods([given], consent, new Set(lost));
  return [
    ...evict.map(() => 'evict'),
    ...leave.map((l) => `leave as ${l.as}`),
    ...ask.map((a) => `ask for ${a.for}`),
  ].join(', ');
}

test('a pod that its controller makes anew is evicted', () => {
  assert.equal(fate(pod('a')), 'evict');
});

test('pods of DaemonSets and mirrors of static pods are left, whatever was agreed to', () => {
  const annotations = { 'kubernetes.io/config.mirror': 'x' };
  assert.equal(fate(pod('a', { owner: 'DaemonSet', spec: scratch }), ALL), 'leave as daemonset');
  assert.equal(fate(pod('a', { owner: null, metadata: { annotations } }), ALL), 'leave as mirror');
});

test('a pod of a DaemonSet that does not exist any more is nobody’s', () => {
  const orphan = pod('a', { owner: 'DaemonSet' });
  assert.equal(fate(orphan, NONE, ['shop/a-owner']), 'ask for unmanaged');
  assert.equal(fate(orphan, ALL, ['shop/a-owner']), 'evict');
});

test('an emptyDir and a pod of nobody each need consent of their own', () => {
  const both = pod('a', { owner: null, spec: scratch });
  assert.equal(fate(both), 'ask for emptyDir, ask for unmanaged');
  assert.equal(fate(both, { ...NONE, emptyDir: true }), 'ask for unmanaged');
  assert.equal(fate(both, ALL), 'evict');
});

test('finished pods go without consent, and so do those that are being deleted', () => {
  assert.equal(fate(pod('a', { owner: null, spec: scratch, status: { phase: 'Failed' } })), 'evict');
  assert.equal(fate(pod('a', { owner: 'DaemonSet', status: { phase: 'Succeeded' } })), 'evict');
  const metadata = { deletionTimestamp: '2026-11-24T05:50:30Z', deletionGracePeriodSeconds: 30 };
  assert.equal(fate(pod('a', { owner: null, spec: scratch, metadata })), 'evict');
});
