import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CaseBuilder, NOW } from '../../../test/support/case.ts';
import { healthyDocker, stoppedShim } from '../../../test/support/incidents.ts';
import { diagnose } from '../../diagnose/diagnose.ts';

const S = 1000;

/** A node that lost Ready for a minute and has it back for so many seconds; its newest relist began so many ago. */
function flapped(it: CaseBuilder, backFor: number, relistAge: number): CaseBuilder {
  return it
    .kubelet('v1.20.2', relistAge * S)
    .logged('runtime-call-timeout', (backFor + 1) * S, { containerId: 'a'.repeat(64) })
    .logged('node-became-not-ready', (backFor + 62) * S)
    .logged('pleg-unhealthy', (backFor + 5) * S, { ageMs: 236 * S })
    .logged('node-became-ready', backFor * S)
    .ready('True', 0, { by: 'node-object', since: NOW - backFor * S });
}
const verdictOf = (it: CaseBuilder): string | null => diagnose(it.build()).verdict?.cause ?? null;

test('flaps are over when relists have gone through since Ready came back: nothing is wrong now, and that is said', () => {
  const { verdict, flaps, notes } = diagnose(flapped(healthyDocker(), 20, 1).build());
  assert.equal(verdict, null);
  assert.equal(flaps?.nextNotReady ?? null, null);
  assert.match(notes.map((n) => n.en).join('\n'), /Ready was lost and came back 20s ago, .* that is over/);
});

test('they are not while the relist that began as Ready came back still runs, nor when that is not known', () => {
  assert.equal(verdictOf(flapped(healthyDocker(), 20, 20)), 'undetermined');
  assert.equal(verdictOf(flapped(healthyDocker(), 2, 1)), 'undetermined', 'the next relist may hang again');
  assert.notEqual(diagnose(flapped(healthyDocker(), 20, 20).build()).flaps?.nextNotReady ?? null, null);
});

test('a container that still hangs is the cause whatever relists do: its neighbour may just not have changed', () => {
  assert.equal(verdictOf(flapped(stoppedShim(), 20, 1)), 'container-status-hung');
});
