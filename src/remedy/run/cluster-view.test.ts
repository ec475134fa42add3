import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readClusterNode } from '../cluster/objects/node.ts';
import { readClusterPod } from '../cluster/objects/pod.ts';
import { clusterFacts, nodeState } from './cluster-view.ts';

const NOW = Date.UTC(2026, 10, 25, 3);

function node(status: string) {
  const read = readClusterNode({
    kind: 'Node',
    metadata: { name: 'w', uid: 'u' },
    spec: {},
    status: {
      conditions: [{ type: 'Ready', status, reason: 'r', lastTransitionTime: '2026-11-25T02:00:00Z' }],
      nodeInfo: {},
    },
  });
  assert.ok(read);
  return read;
}

function pod(name: string, phase: string, metadata: Readonly<Record<string, unknown>> = {}) {
  const read = readClusterPod({
    kind: 'Pod',
    metadata: { name, namespace: 'shop', uid: name, ...metadata },
    spec: { nodeName: 'w', containers: [] },
    status: { phase },
  });
  assert.ok(read);
  return read;
}

test('pods that should run and do not are named; finished ones and ones that crash are no fault of the node', () => {
  const deleted = { deletionTimestamp: '2026-11-25T02:30:00Z', deletionGracePeriodSeconds: 30 };
  const state = nodeState(
    node('True'),
    [pod('a', 'Running'), pod('b', 'Pending'), pod('c', 'Succeeded'), pod('d', 'Running', deleted)],
    NOW,
  );
  assert.equal(state.ready, true);
  assert.deepEqual(state.notRunning, [
    { pod: 'shop/b', why: 'Pending' },
    { pod: 'shop/d', why: 'Terminating' },
  ]);
  assert.equal(nodeState(node('Unknown'), [], NOW).ready, false);
});

test('a node alone is no cluster: where the others were denied, guards see none', () => {
  const own = node('False');
  const none = { pods: [], budgets: [], claims: [], volumes: [], readyTurns: [], leases: [], locks: [] };
  const denied = { part: 'nodes', right: 'list nodes', why: 'no-permission', detail: 'HTTP 403' } as const;
  const context = { at: NOW, node: own, nodes: [own], ...none };
  assert.equal(clusterFacts({ ...context, missing: [denied] }), null);
  assert.equal(clusterFacts({ ...context, missing: [] })?.nodes.length, 1);
});
