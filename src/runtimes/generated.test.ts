import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, readdir, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { temporaryDirectory } from '../../test/support/temporary-directory.ts';

const bin = join(import.meta.dirname, '..', '..', 'node_modules', '.bin');

async function filesIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(await Promise.all(names.map(async (n) => [n, await readFile(join(folder, n), 'utf8')])));
}

test('the committed code is what the protos generate', async (t) => {
  const folder = temporaryDirectory(t);
  await cp(join(import.meta.dirname, 'proto'), join(folder, 'proto'), { recursive: true });
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
  const { status, stderr } = spawnSync('buf', ['generate'], { cwd: join(folder, 'proto'), env, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  assert.deepEqual(await filesIn(join(folder, 'gen')), await filesIn(join(import.meta.dirname, 'gen')));
});
