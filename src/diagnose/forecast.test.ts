import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, type CaseBuilder, idOf, NOW } from '../../test/support/case.ts';
import { healthyDocker, stoppedDockerd, stoppedShim } from '../../test/support/incidents.ts';
import { CaseView } from '../evidence/view.ts';
import { inferFlaps } from './flaps.ts';

const S = 1000;
/** Seconds from now to the next loss of Ready and to its return. */
function foretold(given: CaseBuilder): { loss: number | null; back: number | null } {
  const flaps = inferFlaps(new CaseView(given.build()));
  const from = (at: number | undefined | null) => (at == null ? null : Math.round((at - NOW) / S));
  return { loss: from(flaps?.nextNotReady?.at), back: from(flaps?.readyAgainAt) };
}
/** Within the ten seconds between two node statuses. */
function near(actual: number | null, expected: number): void {
  assert.ok(actual !== null && Math.abs(actual - expected) <= 10, `${actual}, not ${expected}`);
}

/** The incident on kubelet 1.20: a hung container, and a relist that began so many seconds ago after one that failed. */
const incident = (began: number): CaseBuilder =>
  stoppedShim()
    .kubelet('v1.20.2', began * S)
    .logged('runtime-call-timeout', (began + 1) * S, { containerId: idOf('hung') });

test('one hung container on kubelet 1.20, the relist began 90 s ago: NotReady in 90 s', () => {
  const { loss, back } = foretold(incident(90));
  near(loss, 90);
  assert.equal(back, null);
});

test('the relist began 210 s ago, so it is NotReady now: back in 31 s, lost again 180 s later', () => {
  const { loss, back } = foretold(incident(210).ready('False', 0));
  near(back, 31);
  near(loss, 31 + 180);
});

test('the first relist that meets the container makes one call only: nothing is lost before the next one', () => {
  near(foretold(stoppedShim().kubelet('v1.20.2', 60 * S)).loss, 60 + 1 + 180);
});

test('whether it is the first cannot be told without the log, and nothing is foretold', () => {
  assert.deepEqual(
    foretold(
      stoppedShim()
        .kubelet('v1.20.2', 60 * S)
        .gap('kubelet-log'),
    ),
    { loss: null, back: null },
  );
});

test('a relist older than one timeout is at its second call: then it is told without the log', () => {
  near(
    foretold(
      stoppedShim()
        .kubelet('v1.20.2', 150 * S)
        .gap('kubelet-log'),
    ).loss,
    30,
  );
});

test('a relist that runs for longer than what is seen to hang explains is not foretold to end', () => {
  assert.deepEqual(foretold(incident(400)), { loss: null, back: null });
});

test('so it is with every kubelet before 1.33: it asks for a stuck pod twice', () => {
  near(
    foretold(
      stoppedShim()
        .kubelet('v1.28.4', 150 * S)
        .gap('kubelet-log'),
    ).loss,
    30,
  );
});

test('a current kubelet asks once: one hung container never takes Ready away, two do', () => {
  assert.equal(foretold(stoppedShim().kubelet('v1.33.0', 60 * S)).loss, null);
  const two = stoppedShim()
    .container('other', { pid: 3300, pod: 'db-0', status: 'timeout' })
    .shim(3009, 'other', { state: 'T' });
  near(foretold(two.kubelet('v1.33.0', 60 * S)).loss, 120);
});

test('a hung container whose pod the kubelet has not met is no reason to foretell anything', () => {
  assert.equal(foretold(stoppedShim().kubelet('v1.20.2', S)).loss, null);
});

test('the phase of the kubelet’s node status makes it exact', () => {
  const flaps = inferFlaps(
    new CaseView(
      incident(90)
        .ready('True', 0, { by: 'node-object', since: NOW - 86 * S, heartbeatAt: NOW - 86 * S })
        .build(),
    ),
  );
  assert.deepEqual(flaps?.nextNotReady, { at: NOW + 94 * S, withinSeconds: 3 });
});

/** Three losses of a minute, four minutes apart, the last so many seconds ago. */
function flapping(lastLoss: number): CaseBuilder {
  const it = aCase();
  for (const i of [2, 1, 0]) {
    const loss = lastLoss + i * 241;
    it.logged('node-became-not-ready', loss * S, { ageMs: 183 * S });
    if (loss > 61) it.logged('node-became-ready', (loss - 61) * S);
  }
  return it;
}

test('the rhythm in a log alone foretells the next loss, Ready or NotReady', () => {
  near(foretold(flapping(100)).loss, 241 - 100);
  const { loss, back } = foretold(flapping(20));
  near(back, 61 - 20);
  near(loss, 241 - 20);
});

test('the node object alone: Ready came back 40 s ago on a node that flaps by its events', () => {
  const node = ['node:this'] as const;
  const event = { type: 'cluster-event', severity: 'Normal', component: 'kubelet', message: '', count: 1 } as const;
  const it = aCase()
    .fact({ ...event, reason: 'NodeNotReady', firstAt: NOW - 101 * S }, node, NOW - 101 * S)
    .ready('True', 0, { by: 'node-object', since: NOW - 40 * S, heartbeatAt: NOW - 40 * S });
  near(foretold(it).loss, 140);
});

test('a list that never comes takes Ready away for good', () => {
  const { loss, back } = foretold(stoppedDockerd().kubelet('v1.20.2', 100 * S));
  near(loss, 80);
  assert.equal(back, null);
  assert.equal(foretold(stoppedDockerd().kubelet('v1.20.2', 1000 * S)).loss, null);
});

test('a healthy node and an old rhythm foretell nothing', () => {
  assert.equal(foretold(healthyDocker().kubelet('v1.20.2', S)).loss, null);
  assert.equal(foretold(flapping(5000)).loss, null);
});
