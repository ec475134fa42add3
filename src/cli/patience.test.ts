import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../text/user-error.ts';
import { withPatience } from './patience.ts';

test('what ends in time is passed on, its failure too', async () => {
  assert.equal(await withPatience('/x', Promise.resolve(7)), 7);
  await assert.rejects(withPatience('/x', Promise.reject(new Error('full'))), { message: 'full' });
});

test('a filesystem that does not answer is named, and another way out', async () => {
  const never = new Promise(() => undefined);
  await assert.rejects(withPatience('/mnt/dead/case.tar.gz', never, 20), (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(error.text.en, '/mnt/dead/case.tar.gz: no answer for 20ms; its filesystem may be hung');
    assert.match(error.hint?.en ?? '', /-o -/);
    return true;
  });
});
