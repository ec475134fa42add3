import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Text } from '../../src/text/text.ts';
import { UserError } from '../../src/text/user-error.ts';
import { matrix } from './command.ts';

async function printed(...names: readonly string[]): Promise<{ code: number; en: string; zh: string }> {
  const texts: Text[] = [];
  const code = await matrix(names, {}, (text) => texts.push(text));
  return { code, en: texts.map((t) => t.en).join('\n'), zh: texts.map((t) => t.zh).join('\n') };
}

test('the matrix of recordings counts every look: before and after a fault, nothing is wrong', async () => {
  const { code, en, zh } = await printed('healthy', 'cluster/frozen-filesystem');
  assert.equal(code, 0);
  assert.match(en, /^ 1 none +3 {2}·$/m);
  assert.match(en, /^ 2 storage-unresponsive +· {2}1$/m);
  assert.match(en, /2 scenarios, 4 diagnoses: right cause 1\/1, right subjects 1\/1, false alarms 0\/3$/);
  assert.match(zh, /误报 0\/3$/);
});

test('only scenarios that there are can be named, and none where a whole live run is gone on with', async () => {
  await assert.rejects(
    matrix(['no-such'], {}, () => undefined),
    UserError,
  );
  await assert.rejects(
    matrix(['healthy'], { resume: true }, () => undefined),
    UserError,
  );
});
