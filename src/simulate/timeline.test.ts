import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lossesOf, remediatorSees } from './losses.ts';
import { notReadyShares, oldestStamps } from './timeline.ts';

const S = 1000;

test('the age of a relist grows until the next one’s list is answered', () => {
  const stamps = [0, 20, 40].map((began) => ({ beganAt: began * S, seenAt: (began + 1) * S }));
  assert.deepEqual(oldestStamps(stamps, 60 * S, 3), [20 * S, 21 * S, 21 * S]);
  assert.deepEqual(oldestStamps(stamps, 60 * S, 1), [21 * S]);
});

test('property: in each part it is the oldest of all moments in it', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 40 }), (distances, parts) => {
      let beganAt = 0;
      const stamps = distances.map((gap) => {
        const stamp = { beganAt, seenAt: beganAt };
        beganAt += gap;
        return stamp;
      });
      const found = oldestStamps(stamps, beganAt, parts);
      assert.ok(found.every((age) => age > 0));
      assert.ok(Math.abs(Math.max(...found) - Math.max(...distances)) < 1e-6);
    }),
  );
});

test('property: the parts’ shares add up to the time not Ready, however many parts', () => {
  const changes = fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 20 });
  fc.assert(
    fc.property(changes, fc.integer({ min: 1, max: 200 }), (distances, parts) => {
      let at = 0;
      const ready = [0, ...distances].map((gap, i) => {
        at += gap;
        return { at, status: i % 2 === 0 ? ('True' as const) : ('False' as const) };
      });
      const durationMs = at + 100;
      const shares = notReadyShares(ready, durationMs, parts);
      const sum = shares.reduce((total, share) => total + share, 0) / parts;
      assert.ok(Math.abs(sum - lossesOf(ready, durationMs).notReadyShare) < 1e-6);
    }),
  );
});

test('a remediator acts on one long loss, not on many short ones', () => {
  const flaps = [0, 100, 160, 340, 400].map((s, i) => ({
    at: s * S,
    status: i % 2 === 0 ? ('True' as const) : ('False' as const),
  }));
  assert.equal(remediatorSees(flaps, 500 * S).actsAt, null);
  const long = [...flaps, { at: 500 * S, status: 'Unknown' as const }];
  assert.equal(remediatorSees(long, 799 * S).actsAt, null);
  assert.equal(remediatorSees(long, 801 * S).actsAt, 800 * S);
});

test('a loss that goes on at the end counts, and says nothing of how long losses take', () => {
  const losses = lossesOf(
    [
      { at: 0, status: 'True' },
      { at: 50 * S, status: 'False' },
    ],
    100 * S,
  );
  assert.deepEqual(losses, {
    count: 1,
    firstAt: 50 * S,
    periodMs: null,
    notReadyMs: null,
    readyMs: null,
    longestMs: 50 * S,
    notReadyShare: 0.5,
  });
});
