import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { archive, type Entry } from '../../../../test/support/hostile-bundle.ts';
import { temporaryDirectory } from '../../../../test/support/temporary-directory.ts';
import type { ScannedInput } from '../../scan-contract.ts';
import { scanLogs } from '../scan-logs.ts';
import { ARCHIVE_LIMITS, type ArchiveLimits } from './limits.ts';

const SICK = 'skipping pod synchronization - PLEG is not healthy\n';

async function scan(path: string, limits: Partial<ArchiveLimits> = {}, wholeBytes = 1000): Promise<ScannedInput[]> {
  const request = { inputs: [path], literals: ['PLEG is not healthy'], wholeBytes, onCandidate: () => undefined };
  return scanLogs(request, {}, { ...ARCHIVE_LIMITS, ...limits });
}

async function scanOf(t: TestContext, entries: readonly Entry[], limits?: Partial<ArchiveLimits>) {
  const path = join(temporaryDirectory(t), 'a.tar.gz');
  writeFileSync(path, await archive(entries));
  return (await scan(path, limits)).map((i) => ({ ...i, file: i.file.slice(path.length) }));
}

const kinds = (inputs: readonly ScannedInput[]) => inputs.map((i) => i.problem?.kind ?? null);

test('what can matter in an archive is read, each member by its path, however the archive and the member are packed', async (t) => {
  const folder = temporaryDirectory(t);
  const packed = await archive([
    { name: './kubelet/kubelet.log', bytes: SICK },
    { name: './kubelet/kubeconfig.yaml', bytes: 'token: secret' },
    { name: './var_log/messages-1.gz', bytes: gzipSync(SICK) },
  ]);
  const tar = gunzipSync(packed);
  const paths = ['a.tar', 'a.tgz', 'a.tar.xz'].map((name) => join(folder, name));
  writeFileSync(paths[0] ?? '', tar);
  writeFileSync(paths[1] ?? '', packed);
  writeFileSync(paths[2] ?? '', execFileSync('xz', ['-c'], { input: tar }));
  for (const path of paths) {
    const inputs = await scan(path);
    assert.deepEqual(
      inputs.map((i) => [i.file, i.foundIn, i.whole, i.problem]),
      [
        [`${path}:kubelet/kubelet.log`, path, SICK, null],
        [`${path}:var_log/messages-1.gz`, path, SICK, null],
      ],
    );
  }
});

test('a long member is read line by line', async (t) => {
  const path = join(temporaryDirectory(t), 'a.tar.gz');
  writeFileSync(path, await archive([{ name: 'kubelet.log', bytes: SICK.repeat(100_000) }]));
  const files: string[] = [];
  const onCandidate = (line: { position: { file: string } }): void => void files.push(line.position.file);
  const [input] = await scanLogs({ inputs: [path], literals: ['PLEG is not healthy'], wholeBytes: 1000, onCandidate });
  assert.equal(input?.whole, null);
  assert.deepEqual([files.length, [...new Set(files)]], [100_000, [`${path}:kubelet.log`]]);
});

test('links, devices and sparse files are passed over, and names lead nowhere', async (t) => {
  const inputs = await scanOf(t, [
    { name: 'a.log', header: { type: 'symlink', linkname: '/etc/shadow' } },
    { name: 'b.log', header: { type: 'link', linkname: 'c.log' } },
    { name: 'd.log', header: { type: 'character-device' } },
    { name: 's.log', bytes: SICK, header: { pax: { 'GNU.sparse.major': '1' } } },
    { name: '../../etc/e.log', bytes: SICK },
  ]);
  // Passed over by the layout of a node's own tree.
  assert.deepEqual(kinds(inputs), ['nothing-known']);
  assert.deepEqual(
    (await scanOf(t, [{ name: '../../e.log', bytes: SICK }])).map((i) => [i.file, i.whole]),
    [[':../../e.log', SICK]],
  );
});

test('an archive with too many members, too many to read or too much in them is read as far as that, and it is said', async (t) => {
  const many = Array.from({ length: 20 }, (_, i) => ({ name: `kubelet.log.${i}`, bytes: SICK }));
  const members = await scanOf(t, many, { members: 5 });
  assert.deepEqual(kinds(members), [null, null, null, null, null, 'bounded']);
  const read = await scanOf(t, many, { read: 3 });
  assert.deepEqual(kinds(read), [null, null, null, 'bounded']);
  assert.deepEqual([read.at(-1)?.file, read.at(-1)?.problem?.detail], ['', 'more than 3 files to read']);
  const bytes = await scanOf(
    t,
    [
      { name: 'a.log', bytes: SICK },
      { name: 'zeros', bytes: Buffer.alloc(1 << 20) },
    ],
    {
      bytes: 1 << 19,
    },
  );
  assert.deepEqual(kinds(bytes), [null, 'bounded']);
});

test('a bomb within a member ends that member only', async (t) => {
  const inputs = await scanOf(
    t,
    [
      { name: 'bomb.log.gz', bytes: gzipSync(Buffer.alloc(4 << 20, SICK)) },
      { name: 'kubelet.log', bytes: SICK },
    ],
    { memberBytes: 1 << 20 },
  );
  assert.deepEqual(kinds(inputs), ['bounded', null]);
});

test('of an archive that ends early, or is damaged, what came before counts', async (t) => {
  const folder = temporaryDirectory(t);
  const tar = gunzipSync(
    await archive([
      { name: 'a.log', bytes: SICK },
      { name: 'b.log', bytes: SICK.repeat(100) },
    ]),
  );
  const path = join(folder, 'a.tar');
  writeFileSync(path, tar.subarray(0, 3000));
  assert.deepEqual(kinds(await scan(path)).slice(0, 1), [null]);
  assert.equal((await scan(path)).at(-1)?.problem?.kind, 'cut-off');
  writeFileSync(path, Buffer.concat([tar.subarray(0, 1024), Buffer.alloc(512, 'x'), tar.subarray(1024)]));
  assert.deepEqual(kinds(await scan(path)), [null, 'failed']);
});

test('of a folder what can matter is read, archives in it too; links are not followed', async (t) => {
  const folder = temporaryDirectory(t);
  mkdirSync(join(folder, 'node-1'));
  writeFileSync(join(folder, 'node-1', 'kubelet.log'), SICK);
  writeFileSync(join(folder, 'photo.png'), SICK);
  symlinkSync('/etc/passwd', join(folder, 'passwd.log'));
  symlinkSync(folder, join(folder, 'loop'));
  writeFileSync(join(folder, 'bundle.tar.gz'), await archive([{ name: 'messages', bytes: SICK }]));
  const inputs = await scan(folder);
  assert.deepEqual(
    inputs.map((i) => i.file.slice(folder.length)),
    ['/bundle.tar.gz:messages', '/node-1/kubelet.log'],
  );
});

test('whatever is in an archive, the scan comes back with what it made of it', async (t) => {
  const path = join(temporaryDirectory(t), 'a.tar');
  const tar = gunzipSync(
    await archive([
      { name: 'a.log', bytes: SICK },
      { name: 'b.log', bytes: SICK.repeat(20) },
    ]),
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(tar.length - 1), fc.uint8Array({ minLength: 1, maxLength: 600 }), async (at, bytes) => {
      const changed = Buffer.from(tar);
      changed.set(bytes.subarray(0, tar.length - at), at);
      writeFileSync(path, changed);
      for (const input of await scan(path, { members: 100 })) assert.equal(typeof input.file, 'string');
    }),
    { numRuns: 50 },
  );
});
