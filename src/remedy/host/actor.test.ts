import assert from 'node:assert/strict';
import { test } from 'node:test';
import { performWith, recordedDeps } from '../../../test/support/actor-deps.ts';
import { createHostActor } from './actor.ts';
import { hostPreconditions } from './preconditions.ts';

const ORDERLY = { kind: 'reboot', how: 'orderly' } as const;

test('an act that throws is an outcome, not an end of the run', async () => {
  const { deps } = recordedDeps({});
  const machine = { ...deps.machine, askOrderly: () => Promise.reject(new Error('no')) };
  const outcome = await performWith({ ...deps, machine }, ORDERLY);
  assert.equal(outcome.status, 'failed');
  assert.match(outcome.text.en, /it failed: no/);
});

test('what was called off before it began is not begun', async () => {
  const { deps, asked } = recordedDeps({});
  const options = { signal: AbortSignal.abort(), deadlineMs: 1000, onProgress: () => undefined };
  const outcome = await createHostActor(deps).perform(ORDERLY, options);
  assert.deepEqual([outcome.status, asked], ['timed-out', []]);
});

test('a look changes nothing', async () => {
  const { deps, asked } = recordedDeps({});
  const actor = createHostActor(deps);
  assert.equal(await actor.check(ORDERLY), null);
  assert.equal((await actor.check({ kind: 'thaw-filesystem', mountpoint: '/x' }))?.id, 'is-mounted');
  assert.deepEqual(asked, []);
});

test('each act says in both languages what it requires', () => {
  const kinds = [
    'thaw-filesystem',
    'resume-device',
    'abort-fuse-connection',
    'lazy-unmount',
    'resume-process',
  ] as const;
  const more = ['end-process', 'kill-shim', 'remove-container', 'restart-service', 'reboot'] as const;
  for (const kind of [...kinds, ...more]) {
    const required = hostPreconditions(kind);
    assert.ok(required.length > 0, kind);
    for (const { text } of required) assert.ok(text.en !== '' && /\p{Script=Han}/u.test(text.zh));
  }
});
