import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../test/support/temporary-directory.ts';
import { UserError } from '../text/user-error.ts';
import { checkBundleFile, saveBundleFile } from './bundle-file.ts';

test('a bundle is written whole by a process of its own', async (t) => {
  const path = join(temporaryDirectory(t), 'case.tar.gz');
  const bytes = Buffer.alloc(3_000_000, 'case ');
  await checkBundleFile(path);
  await saveBundleFile(path, bytes);
  assert.ok(readFileSync(path).equals(bytes));
});

test('what is in the way is said in both languages, before and after', async (t) => {
  const path = join(temporaryDirectory(t), 'case.tar.gz');
  writeFileSync(path, 'precious');
  const isThere = (error: unknown) => {
    assert.ok(error instanceof UserError);
    assert.equal(error.text.en, `${path}: the file exists already`);
    assert.equal(error.text.zh, `${path}：文件已存在`);
    assert.match(error.hint?.en ?? '', /--force/);
    return true;
  };
  await assert.rejects(checkBundleFile(path), isThere);
  await assert.rejects(saveBundleFile(path, Buffer.from('new')), isThere);
  await saveBundleFile(path, Buffer.from('new'), { force: true });
  assert.equal(readFileSync(path, 'utf8'), 'new');
});

test('a writer that does not answer is left behind, and nothing of its file stays', async (t) => {
  const directory = temporaryDirectory(t);
  const path = join(directory, 'case.tar.gz');
  // No process starts within a millisecond.
  await assert.rejects(saveBundleFile(path, Buffer.from('x'), { patienceMs: 1 }), {
    message: `${path}: no answer for 1ms; its filesystem may be hung`,
  });
  assert.deepEqual(readdirSync(directory), []);
});
