import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseNodeCondition } from './node-condition.ts';

test('as Go prints the structure', () => {
  assert.deepEqual(
    parseNodeCondition(
      'I0907 21:49:17.171114    2199 setters.go:548] "Node became not ready" node="minikube" condition={Type:Ready Status:False LastHeartbeatTime:2023-09-07 21:49:17.170974959 +0000 UTC m=+1962.581166852 LastTransitionTime:2023-09-07 21:49:17.170974959 +0000 UTC m=+1962.581166852 Reason:KubeletNotReady Message:PLEG is not healthy: pleg was last seen active 3m1.104514415s ago; threshold is 3m0s}',
    ),
    {
      status: 'False',
      reason: 'KubeletNotReady',
      message: 'PLEG is not healthy: pleg was last seen active 3m1.104514415s ago; threshold is 3m0s',
    },
  );
});

test('as JSON', () => {
  assert.deepEqual(
    parseNodeCondition(
      'I0112 10:56:20.222397 3112080 setters.go:552] "Node became not ready" node="green-master-3" condition={"type":"Ready","status":"False","lastHeartbeatTime":"2026-01-12T02:56:20Z","lastTransitionTime":"2026-01-12T02:56:20Z","reason":"KubeletNotReady","message":"node is \\"shutting\\" down"}',
    ),
    { status: 'False', reason: 'KubeletNotReady', message: 'node is "shutting" down' },
  );
});

test('a line that quotes no condition, and any other text', () => {
  assert.equal(parseNodeCondition('Recording NodeNotReady event message for node w'), null);
  fc.assert(fc.property(fc.string(), (text) => parseNodeCondition(text) === null || text.includes('Ready')));
});
