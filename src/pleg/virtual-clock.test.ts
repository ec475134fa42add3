import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { VirtualClock } from './virtual-clock.ts';

test('what is due runs in order of time, and of asking for the same time', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), (delays) => {
      const clock = new VirtualClock();
      const ran: [number, number][] = [];
      for (const [i, ms] of delays.entries()) clock.after(ms, () => ran.push([clock.now(), i]));
      clock.run(20);
      const expected = delays.map((ms, i): [number, number] => [ms, i]).toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
      assert.deepEqual(ran, expected);
    }),
  );
});

test('time stands still until it is run, and stops where it is told to', () => {
  const clock = new VirtualClock(1000);
  let ran = 0;
  clock.after(10, () => {
    ran += 1;
  });
  assert.equal(ran, 0);
  clock.run(9);
  assert.deepEqual([ran, clock.now()], [0, 1009]);
  clock.run(1);
  assert.deepEqual([ran, clock.now()], [1, 1010]);
});

test('what was called off does not run', () => {
  const clock = new VirtualClock();
  clock.after(5, () => assert.fail('called off')).cancel();
  clock.run(10);
});

test('what is to be soon runs before time passes, after what is going on', () => {
  const clock = new VirtualClock();
  const ran: string[] = [];
  clock.after(5, () => {
    clock.soon(() => ran.push(`soon at ${clock.now()}`));
    ran.push('now');
  });
  clock.after(6, () => ran.push('later'));
  clock.run(10);
  assert.deepEqual(ran, ['now', 'soon at 5', 'later']);
});
