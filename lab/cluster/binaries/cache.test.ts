import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';
import { cacheParent, isIntact, parseStamp, writeStamp } from './cache.ts';
import { keyOf } from './recipe.ts';
import { BUILT, binariesIn } from './set.ts';

const GO = 'go1.19.8';

async function stamped(t: TestContext): Promise<string> {
  const folder = join(temporaryDirectory(t), `kubernetes-${keyOf(GO)}`);
  mkdirSync(folder);
  for (const name of BUILT) writeProgram(join(folder, name), `#!/bin/sh\n# ${name}\n`);
  await writeStamp(folder, GO);
  return folder;
}

function writeProgram(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

test('what was stamped is whole', async (t) => {
  assert.equal(isIntact(await stamped(t)), true);
});

test('a copy with other times is read, and is whole when it is the same', async (t) => {
  const folder = await stamped(t);
  utimesSync(join(folder, 'kubelet'), 1, 1);
  assert.equal(isIntact(folder), true);
  writeProgram(join(folder, 'kubelet'), '#!/bin/sh\n# kubelex\n');
  assert.equal(isIntact(folder), false);
});

test('without its stamp, without a program or with half of one it is not whole', async (t) => {
  const cases: ((folder: string) => void)[] = [
    (folder) => rmSync(join(folder, 'stamp.json')),
    (folder) => writeFileSync(join(folder, 'stamp.json'), '{"go":"go1.19.8"}'),
    (folder) => rmSync(join(folder, 'kubectl')),
    (folder) => writeProgram(join(folder, 'kubectl'), '#!'),
  ];
  for (const spoil of cases) {
    const folder = await stamped(t);
    spoil(folder);
    assert.equal(isIntact(folder), false, spoil.toString());
  }
});

test('what another Go built has another name', async (t) => {
  const folder = await stamped(t);
  await writeStamp(folder, 'go1.20');
  assert.equal(isIntact(folder), false);
});

test('no text makes reading a stamp throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => parseStamp(text) === null));
});

test('programs that a folder lacks are named; without its own etcd, the one on PATH serves', async (t) => {
  const folder = await stamped(t);
  writeProgram(join(folder, 'etcd'), '#!/bin/sh\n');
  const found = binariesIn(folder, 'v1.20.2');
  assert.ok('path' in found);
  assert.equal(found.path('etcd'), join(folder, 'etcd'));
  assert.equal(found.path('kubelet'), join(folder, 'kubelet'));
  rmSync(join(folder, 'kubelet'));
  chmodSync(join(folder, 'kubectl'), 0o644);
  assert.deepEqual(binariesIn(folder, 'v1.20.2'), ['kubelet', 'kubectl']);
});

test('the cache is where XDG_CACHE_HOME says, if that is an absolute path', () => {
  assert.equal(cacheParent({ XDG_CACHE_HOME: '/var/cache/x' }), '/var/cache/x/notready');
  for (const env of [{ XDG_CACHE_HOME: 'relative' }, { XDG_CACHE_HOME: '' }, {}]) {
    assert.match(cacheParent(env), /^\/.*\/\.cache\/notready$/);
  }
});
