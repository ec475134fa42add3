import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { liveClock } from '../formats/dates.ts';
import { readDescribedPod } from './described-pod.ts';

const NOW = Date.UTC(2026, 10, 24, 12);
const CLOCK = liveClock(NOW);
const ID = 'ab'.repeat(32);

const DESCRIBED = `Name:                      web-0
Namespace:                 prod
Priority:                  0
Node:                      worker-1/10.0.0.5
Start Time:                Tue, 24 Nov 2026 10:00:00 +0000
Labels:                    app=web
                           tier=front
Annotations:               <none>
Status:                    Terminating (lasts 5m)
Termination Grace Period:  30s
IP:                        10.1.0.7
IPs:
  IP:           10.1.0.7
Controlled By:  StatefulSet/web
Containers:
  main:
    Container ID:  docker://${ID}
    Image:         web:1
    State:          Running
      Started:      Tue, 24 Nov 2026 10:00:05 +0000
    Ready:          True
    Restart Count:  0
  reloader:
    Container ID:
    State:          Waiting
      Reason:       CrashLoopBackOff
    Last State:     Terminated
      Reason:       Error
      Exit Code:    1
    Ready:          False
    Restart Count:  14
Conditions:
  Type              Status
  Initialized       True
  Ready             False
Volumes:            <none>
QoS Class:          BestEffort
Events:
  Type     Reason   Age   From     Message`.split('\n');

test('a described pod: who owns it, where it runs, what waits, since when it is to go', () => {
  const block = readDescribedPod(DESCRIBED, 0, CLOCK);
  const [statement] = block?.statements ?? [];
  assert.equal(DESCRIBED[block?.taken ?? 0], 'Events:');
  assert.deepEqual(statement?.fact(NOW, NOW), {
    type: 'pod-object',
    namespace: 'prod',
    name: 'web-0',
    phase: '',
    ready: false,
    reason: '',
    deletionRequestedAt: NOW - 330_000,
    gracePeriodSeconds: 30,
    ownerKind: 'StatefulSet',
    waiting: [{ container: 'reloader', reason: 'CrashLoopBackOff', message: '' }],
    restarts: 14,
  });
  assert.equal(statement?.node, 'worker-1');
  assert.deepEqual(statement?.links, [[`container:${ID}`, 'member-of', 'pod:prod/web-0']]);
});

test('what else is described is no pod', () => {
  const service = ['Name:  web', 'Namespace:  prod', 'Type:  ClusterIP', 'IP:  10.0.0.1'];
  assert.equal(readDescribedPod(service, 0, CLOCK), null);
  assert.equal(readDescribedPod(['Name:  worker-1', 'Roles:  <none>', 'Kubelet Version:  v1.30.0'], 0, CLOCK), null);
});

test('no cut or shuffled description ends it', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(DESCRIBED), (rest) => {
      const lines = ['Name:  web-0', 'Namespace:  prod', ...rest];
      for (const { fact } of readDescribedPod(lines, 0, CLOCK)?.statements ?? []) fact(NOW, NOW);
    }),
  );
});
