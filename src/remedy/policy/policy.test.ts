import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { policySchemaText } from '../../report/plan/policy-schema.ts';
import { UserError } from '../../text/user-error.ts';
import { parsePolicy } from './policy.ts';

function errorOf(text: string): string {
  try {
    parsePolicy(text, 'p.yaml');
  } catch (error) {
    assert.ok(error instanceof UserError);
    return error.text.en;
  }
  return assert.fail('it was taken');
}

test('a policy with all it may hold', () => {
  const text = `version: 1
allow: [thaw-filesystem, cordon, drain, uncordon]
maxUnhealthy: 20%
coolDown: 1h
freshness: 90s
drain: { emptyDir: true, timeout: 10m }
proof: { relists: 10, within: 1s, steadyFor: 30s, timeout: 5m }
`;
  assert.deepEqual(parsePolicy(text, 'p.yaml'), {
    allow: ['thaw-filesystem', 'cordon', 'drain', 'uncordon'],
    limits: { maxUnhealthy: '20%', coolDownMs: 3_600_000, freshnessMs: 90_000 },
    consent: { emptyDir: true, unmanaged: false },
    drainDeadlineMs: 600_000,
    takeCapacity: false,
    proof: { relists: 10, withinMs: 1000, steadyMs: 30_000, timeoutMs: 300_000 },
  });
});

test('what is not said is the careful default', () => {
  const { limits, consent, takeCapacity } = parsePolicy('version: 1\nallow: []\n', 'p.yaml');
  assert.equal(limits.maxUnhealthy, 1);
  assert.deepEqual(consent, { emptyDir: false, unmanaged: false });
  assert.equal(takeCapacity, false);
});

test('what is wrong is said with file, line and column', () => {
  assert.match(errorOf('version: 1\nallow: [thaw-filesystem, reboots]\n'), /^p\.yaml:2:26: allow\.1: /);
  assert.match(errorOf('version: 1\nallow: []\ncoolDown: soon\n'), /^p\.yaml:3:11: coolDown: not a duration/);
  assert.match(errorOf('version: 1\nallow: []\nmaxUnhealthy: 120%\n'), /^p\.yaml:3:15: maxUnhealthy: /);
  assert.match(errorOf('version: 1\nallow: []\nalow: []\n'), /^p\.yaml:3:1: .*alow/);
  assert.match(errorOf('version: 1\nallow: [\n'), /^p\.yaml:\d+:\d+: /);
  assert.match(errorOf('version: 2\nallow: []\n'), /^p\.yaml:1:10: version/);
  assert.match(errorOf(''), /^p\.yaml:1:1: /);
});

test('any text is taken or refused in one sentence', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parsePolicy(text, 'p.yaml');
      } catch (error) {
        assert.ok(error instanceof UserError);
      }
    }),
  );
});

test('the published JSON Schema is the one that the code has (npm run generate rewrites it)', () => {
  const file = new URL('../../../schema/policy.schema.json', import.meta.url);
  assert.equal(readFileSync(file, 'utf8'), policySchemaText());
});
