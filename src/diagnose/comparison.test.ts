import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frozenFilesystem, healthyDocker, stoppedDockerd, stoppedShim } from '../../test/support/incidents.ts';
import { compareCases } from './comparison.ts';

const healthy = healthyDocker().build();
const shim = stoppedShim().build();

test('what was wrong is gone: resolved, and its symptoms are gone', () => {
  const found = compareCases(shim, healthy);
  assert.equal(found.outcome, 'resolved');
  assert.deepEqual(found.appeared, []);
  assert.ok(found.gone.some((s) => s.state === 'status-calls-hang'));
  assert.equal(found.before.hung.length, 1);
  assert.deepEqual(found.after.hung, []);
});

test('what was well and is not: broke, and its symptoms are new', () => {
  const found = compareCases(healthy, shim);
  assert.equal(found.outcome, 'broke');
  assert.ok(found.appeared.some((s) => s.state === 'status-calls-hang'));
  assert.deepEqual(found.gone, []);
});

test('the same cause, another cause, and nothing at all', () => {
  assert.equal(compareCases(shim, shim).outcome, 'same');
  assert.ok(compareCases(shim, shim).stayed.length > 0);
  assert.equal(compareCases(frozenFilesystem().build(), stoppedDockerd().build()).outcome, 'other');
  assert.equal(compareCases(healthy, healthy).outcome, 'well');
});
