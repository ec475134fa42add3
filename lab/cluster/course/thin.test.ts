import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConditionSeen, RelistSeen } from './format.ts';
import { changesOf, silencesOf, thinRelists, thinRenewals } from './thin.ts';

const ready = (at: number, status: ConditionSeen['status'], message = ''): ConditionSeen => ({
  at,
  type: 'Ready',
  status,
  reason: status === 'True' ? 'KubeletReady' : 'KubeletNotReady',
  message,
});
const relist = (at: number, count: number): RelistSeen => ({ at, lastSeen: at, count, sum: count });

test('of a condition its changes are kept; a message that counts up is none', () => {
  const pressure: ConditionSeen = { at: 2, type: 'DiskPressure', status: 'False', reason: 'Fine', message: '' };
  const seen = [ready(0, 'True'), ready(1, 'True'), pressure, ready(3, 'False', '3m1s'), ready(4, 'False', '3m2s')];
  assert.deepEqual(
    changesOf([...seen, ready(5, 'True')]).map((c) => [c.at, c.type]),
    [
      [0, 'Ready'],
      [2, 'DiskPressure'],
      [3, 'Ready'],
      [5, 'Ready'],
    ],
  );
});

test('of a steady lease a few renewals are kept, of a pause both ends', () => {
  const steady = Array.from({ length: 31 }, (_, i) => 2 * i);
  assert.deepEqual(thinRenewals(steady), [0, 16, 32, 48, 60]);
  assert.deepEqual(
    thinRenewals([...steady, ...steady].map((at, i) => (i > 30 ? at + 100 : at)).slice(0, 33)),
    [0, 16, 32, 48, 60, 100, 102],
  );
  assert.deepEqual(thinRenewals([]), []);
});

test('of the PLEG it is kept where relists stop and go on', () => {
  const running = Array.from({ length: 10 }, (_, i) => relist(i, i));
  const standing = Array.from({ length: 10 }, (_, i) => relist(10 + i, 9));
  const again = Array.from({ length: 3 }, (_, i) => relist(20 + i, 10 + i));
  assert.deepEqual(
    thinRelists([...running, ...standing, ...again]).map((s) => s.at),
    [0, 9, 19, 22],
  );
});

test('a silence lasts from the first question without an answer to the next answer, each side for itself', () => {
  const answers = [
    { of: 'kubelet', at: 0, answered: true },
    { of: 'kubelet', at: 2, answered: false },
    { of: 'api-server', at: 3, answered: true },
    { of: 'kubelet', at: 4, answered: false },
    { of: 'kubelet', at: 6, answered: true },
    { of: 'api-server', at: 7, answered: false },
    { of: 'api-server', at: 9, answered: false },
  ] as const;
  assert.deepEqual(silencesOf(answers), [
    { of: 'kubelet', from: 2, to: 6 },
    { of: 'api-server', from: 7, to: 9 },
  ]);
});
