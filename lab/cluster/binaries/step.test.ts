import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';
import { LabError } from '../../errors.ts';
import { runStep, type Site, type Step } from './step.ts';

function site(t: TestContext): Site {
  const folder = temporaryDirectory(t);
  const later = (undo: () => void): void => t.after(undo);
  return { folder, log: join(folder, 'log'), since: Date.now(), print: () => undefined, later };
}

const step = (...argv: [string, ...string[]]): Step => ({
  what: { en: 'trying', zh: '尝试' },
  argv,
  timeoutMs: 10_000,
});

test('a step gives what it said, and not what those before it said', async (t) => {
  const here = site(t);
  assert.equal(await runStep(here, step('echo', 'one')), 'one\n');
  assert.equal(await runStep(here, step('echo', 'two')), 'two\n');
});

test('a step that fails is quoted, with the log', async (t) => {
  const here = site(t);
  const failing = runStep(here, step('sh', '-c', 'echo no room >&2; exit 2'));
  await assert.rejects(
    failing,
    (error) => error instanceof LabError && /trying failed: no room .*\/log/.test(error.text.en),
  );
});

test('a step that takes too long is ended', { skip: process.platform !== 'linux' }, async (t) => {
  const sleeping = runStep(site(t), { ...step('sleep', '60'), timeoutMs: 50 });
  await assert.rejects(sleeping, (error) => error instanceof LabError && /was not done after/.test(error.text.en));
});
