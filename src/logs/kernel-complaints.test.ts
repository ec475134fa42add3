import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kernelComplaints } from './kernel-complaints.ts';

const T0 = Date.UTC(2026, 10, 24, 12);
const waits = 'unregister_netdevice: waiting for lo to become free. Usage count = 1';

/** Which waits are told to be over, given what the log says at which second. */
function over(...said: readonly (readonly [second: number, text: string])[]): readonly boolean[] {
  const lines = said.map(([second, text]) => ({ at: T0 + second * 1000, text }));
  return kernelComplaints(lines, T0 + 600_000).map((c) => c.fact.endedAt !== undefined);
}

test('a wait for an interface that the kernel does not repeat, while its log goes on, is over', () => {
  assert.deepEqual(over([0, waits], [660, 'docker0: port 2(veth1) entered disabled state']), [true]);
});

test('one that is repeated every ten seconds lasts, and so may one that ends the log', () => {
  assert.deepEqual(over([0, waits], [10, waits], [20, waits], [25, 'eth0: link up']), [false, false, false]);
  assert.deepEqual(over([0, 'eth0: link up'], [90, waits]), [false]);
});

test('an earlier wait that ended is over even where another one lasts', () => {
  assert.deepEqual(over([0, waits], [10, waits], [300, waits]), [true, true, false]);
});
