import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aCase, type CaseBuilder, NOW } from '../../test/support/case.ts';
import { entityId } from '../evidence/entity.ts';
import { diagnose } from './diagnose.ts';

const MINUTE = 60_000;

/** A kubelet's log, handed in as text, that ends now. */
function kubeletLog(it: CaseBuilder = aCase(), lines = 5000): CaseBuilder {
  const input = {
    type: 'text-input',
    file: 'kubelet.log',
    kinds: ['kubelet-log'],
    hosts: [],
    lines,
    firstAt: NOW - 120 * MINUTE,
    lastAt: NOW,
    assumedYear: null,
    assumedZone: null,
    outOfOrder: 0,
    problem: null,
  } as const;
  return it.fact({ ...input, kinds: ['kubelet-log'], hosts: [] }, [entityId.node()]);
}

/** Ready lost for two minutes for a status that did not come, and back for so long. */
function lostUntil(backFor: number): CaseBuilder {
  const call = { call: 'ContainerStatus', error: 'deadline', containerId: 'a'.repeat(64) } as const;
  return kubeletLog()
    .logged('pleg-unhealthy', backFor + 2 * MINUTE, { ageMs: 185_000 })
    .logged('node-became-not-ready', backFor + 2 * MINUTE)
    .logged('runtime-call-timeout', backFor + MINUTE, call)
    .logged('node-became-ready', backFor)
    .ready('True', 0, { since: NOW - backFor });
}

test('a loss of Ready in the middle of a log is told, as past and likely at most', () => {
  const { verdict, flaps, examined } = diagnose(lostUntil(60 * MINUTE).build());
  assert.partialDeepStrictEqual(verdict, { cause: 'container-status-hung', status: 'likely' });
  assert.equal(verdict?.endedAt, NOW - 60 * MINUTE);
  assert.match(verdict?.summary.en ?? '', /^This is past: over since .*, 1h before the texts end\./);
  assert.equal(flaps?.nextNotReady ?? null, null);
  assert.equal(examined.to, NOW);
});

test('so is one that ended minutes ago, once Ready has stayed for longer than it can while relists hang', () => {
  assert.equal(diagnose(lostUntil(5 * MINUTE).build()).verdict?.endedAt, NOW - 5 * MINUTE);
  assert.equal(diagnose(lostUntil(2 * MINUTE).build()).verdict?.endedAt, undefined);
});

test('what goes wrong since then is the present, and comes first', () => {
  const now = diagnose(
    lostUntil(5 * MINUTE)
      .logged('disk-pressure', MINUTE, { line: 'eviction manager: disk' })
      .build(),
  );
  assert.partialDeepStrictEqual(now.verdict, { cause: 'disk-full' });
  assert.equal(now.verdict?.endedAt, undefined);
});

test('a log in which Ready was never lost tells of no past', () => {
  assert.equal(
    diagnose(
      kubeletLog()
        .logged('runtime-call-timeout', 60 * MINUTE)
        .build(),
    ).verdict,
    null,
  );
});
